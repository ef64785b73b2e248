/// <reference types="vite/client" />
declare module '*.yaml' {
  const words: import('./words.ts').WordTree;
  export default words;
}
