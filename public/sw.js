// Keeps the app's shell on the device, so that it starts without a network.
//
// It answers GETs of its own shell and nothing else: never the API, never a
// POST, never another origin. It installs a revision only when every file has
// the digest that the build wrote here, keeps this revision and the one before,
// and takes over only when the page asks. Each entry point of the app has its own, under
// its own path.

const SHELL = "{{precache}}";
const BASE = "{{base}}";
const PAGE = `${BASE}/index.html`;
/** Cache storage is one for both entry points. */
const PREFIX = `shell${BASE.replace("/", "-")}-`;

/** A revision's name: the same files have the same one. */
const REVISION = digestOf(new TextEncoder().encode(JSON.stringify(SHELL))).then(
  (digest) => PREFIX + digest.slice(0, 16),
);
const PATHS = new Set(SHELL.map((file) => file.path));

self.addEventListener("install", (event) => {
  event.waitUntil(sendCallsPast(event));
  event.waitUntil(install());
});
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data?.type === "activate") self.skipWaiting();
  if (event.data?.type === "check") event.waitUntil(check(event.ports[0]));
});
self.addEventListener("fetch", (event) => {
  const path = shellPath(event.request);
  if (path) event.respondWith(answer(event.request, path));
});

/**
 * Calls go past this worker where a browser can be told so. Each body that comes through
 * stays in the page's process until this worker's garbage is collected, and it makes too
 * little for that: the page grew by every photo it sent.
 */
async function sendCallsPast(event) {
  const calls = { condition: { urlPattern: { pathname: "/api/*" } }, source: "network" };
  try {
    await event.addRoutes?.(calls);
  } catch (error) {
    console.warn("calls come through the worker", error);
  }
}

/** All files verified in memory first: a cache is filled whole or not at all. */
async function install() {
  const files = await Promise.all(SHELL.map(fetchVerified));
  const name = await REVISION;
  await caches.delete(name);
  const cache = await caches.open(name);
  try {
    await Promise.all(files.map(([path, response]) => cache.put(path, response)));
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
}

/** Caches are listed in the order they were made. */
async function activate() {
  const current = await REVISION;
  const others = (await caches.keys()).filter(
    (name) => name.startsWith(PREFIX) && name !== current,
  );
  others.pop(); // the one before: an open page may still ask for its files
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Every file read again: "ready for offline" is looked at, not remembered. */
async function check(port) {
  const cache = await caches.open(await REVISION);
  const are = await Promise.all(
    SHELL.map(async (file) => {
      const kept = await cache.match(file.path);
      return !!kept && (await digestOf(await kept.arrayBuffer())) === file.digest;
    }),
  );
  port.postMessage({ whole: are.every(Boolean) });
}

async function fetchVerified(file) {
  const known = await caches.match(file.path);
  if (known && (await digestOf(await known.clone().arrayBuffer())) === file.digest) {
    return [file.path, known];
  }
  // Asked for as the page itself is: a server may send "index.html" elsewhere.
  const address = file.path === PAGE ? `${BASE}/` : file.path;
  const response = await fetch(address, { cache: "no-cache", credentials: "same-origin" });
  if (!response.ok) throw new Error(`${file.path}: ${response.status}`);
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength !== file.size || (await digestOf(bytes)) !== file.digest) {
    throw new Error(`${file.path}: not what this revision was built with`);
  }
  return [file.path, stored(response, bytes)];
}

/** The answer with its headers, security policy included, but as plain bytes. */
function stored(response, bytes) {
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.set("content-length", String(bytes.byteLength));
  return new Response(bytes, { status: 200, headers });
}

async function digestOf(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The shell's file that answers this request, or nothing: not ours. */
function shellPath(request) {
  if (request.method !== "GET") return null;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return null;
  if (url.pathname !== BASE && !url.pathname.startsWith(`${BASE}/`)) return null;
  // A screen of the app has no dot in its address; a file has.
  const isScreen = !url.pathname.slice(url.pathname.lastIndexOf("/")).includes(".");
  if (request.mode === "navigate" && isScreen) return PAGE;
  // Also files of the revision before, which an open page may still want.
  return PATHS.has(url.pathname) || /-[0-9a-f]{16}\.\w+$/.test(url.pathname) ? url.pathname : null;
}

async function answer(request, path) {
  const kept = await find(path).catch((error) => console.warn("from the network", path, error));
  return kept || fetch(request);
}

async function find(path) {
  const current = await caches.open(await REVISION);
  return (await current.match(path)) || (await caches.match(path));
}
