// The worker of /assess: answers with the kept page and its files when there is no network. VERSION and KEPT stand above, written
// by the build (web/offline-build.ts). It never touches /api: what an assessor enters is kept and sent by the page itself.
const PREFIX = 'changhu-assess-';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(PREFIX + VERSION).then((cache) => cache.addAll(KEPT.map((path) => new Request(path, { cache: 'reload' })))));
});

self.addEventListener('activate', (event) => {
  const forget = (names) => Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + VERSION).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget).then(() => self.clients.claim()));
});

// A new version waits until the page says that no visit is under way.
self.addEventListener('message', (event) => {
  if (event.data === 'takeOver') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  const path = request.mode === 'navigate' ? '/assess/index.html' : pathname;
  if (!KEPT.includes(path)) return;
  event.respondWith(caches.open(PREFIX + VERSION).then((cache) => cache.match(path, { ignoreVary: true })).then((kept) => kept ?? fetch(request)));
});
