/// <reference types="vite/client" />
declare module '*.yaml' {
  const words: import('./words.ts').WordTree;
  export default words;
}
declare module '*.yaml?staff' {
  const words: import('./words.ts').WordTree;
  export default words;
}
declare module '*.yaml?family' {
  const words: import('./words.ts').WordTree;
  export default words;
}
declare module '*.yaml?assessor' {
  const words: import('./words.ts').WordTree;
  export default words;
}
declare module '*.yaml?public' {
  const words: import('./words.ts').WordTree;
  export default words;
}
