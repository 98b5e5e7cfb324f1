// Starts the app: skeleton, WASM, service worker. It never touches records.
//
// Said to the app by events on `window`:
//   xunjie:update    a new revision is ready and waits. Also readable later as
//                    document.documentElement.dataset.update === "ready".
// Said by the app:
//   xunjie:activate  nobody has unsaved work: take the new revision and reload.

const LANGUAGES = [
  [/^zh\b.*\b(hant|tw|hk|mo)\b/i, "zh-Hant"],
  [/^zh\b/i, "zh-Hans"],
  [/^en\b/i, "en"],
];

/** Milliseconds that a new revision has, from being asked for to being active. */
const ACTIVATION_TIMEOUT = 3_000;

/** How often it is asked for. */
const ACTIVATION_ATTEMPTS = 3;

/** In the session's storage, over a reload: the number of the attempt that comes next. */
const NEXT_ATTEMPT = "xunjie.activate";

// The browser's offer to install comes early and once: kept for when nothing waits.
window.addEventListener("beforeinstallprompt", (offer) => {
  offer.preventDefault();
  window.xunjieInstall = offer;
});

speak(navigator.languages || [navigator.language]);
start();

async function start() {
  try {
    if (typeof WebAssembly !== "object" || !window.indexedDB) {
      throw new Error("This browser has no WebAssembly or no IndexedDB.");
    }
    const [app, module_or_path] = await withRetries(() =>
      Promise.all([import("{{base}}/{{app.js}}"), module()]),
    );
    await app.default({ module_or_path });
    document.getElementById("boot")?.remove();
  } catch (error) {
    fail(error);
    // A damaged or half-new revision must not lock anybody out: the worker is
    // still registered below, so that it can fetch what is right.
  }
  // After the app, or the worker's downloads would compete with its start.
  register();
}

/** A browser with much to do fails at times to give what it keeps, and not a moment later. */
async function withRetries(attempt, retries = 2) {
  try {
    return await attempt();
  } catch (error) {
    if (retries === 0) throw error;
    await new Promise((ok) => setTimeout(ok, 300));
    return withRetries(attempt, retries - 1);
  }
}

/** The module, compiled while it arrives. What a first start downloads is counted and shown. */
async function module() {
  const response = await fetch("{{base}}/{{app.wasm}}");
  if (!response.ok) throw new Error(`The app did not come: ${response.status}.`);
  // Passed on untouched, a module that the worker keeps is compiled from the browser's code cache.
  if (navigator.serviceWorker?.controller || !window.TransformStream) return response;
  return counted(response);
}

/** The same response, with its progress in the page. */
function counted(response) {
  // The body arrives unpacked; the header counts what is on the line. A proxy may leave it out.
  const size = Number("{{app.wasm:size}}");
  const onLine = Number(response.headers.get("content-length")) || size;
  let received = 0;
  const counter = new TransformStream({
    transform(chunk, stream) {
      received += chunk.byteLength;
      showProgress(Math.min(1, received / size), onLine);
      stream.enqueue(chunk);
    },
  });
  showProgress(0, onLine);
  const { status, headers } = response;
  return new Response(response.body.pipeThrough(counter), { status, headers });
}

function showProgress(part, bytes) {
  const line = document.getElementById("boot-progress");
  if (!line) return;
  const kilobytes = (count) => Math.round(count / 1024);
  line.hidden = false;
  line.firstChild.value = part;
  line.lastChild.textContent = `${kilobytes(part * bytes)} / ${kilobytes(bytes)} KB`;
}

function fail(error) {
  console.error(error);
  document.getElementById("boot")?.remove();
  document.getElementById("boot-reason").textContent = String(error);
  document.getElementById("boot-failed").hidden = false;
}

// The page's language until the app knows the user's own choice.
function speak(wanted) {
  for (const tag of wanted) {
    const known = LANGUAGES.find(([pattern]) => pattern.test(tag));
    if (known) {
      document.documentElement.lang = known[1];
      return;
    }
  }
}

async function register() {
  if (!("serviceWorker" in navigator)) return;
  let registration;
  try {
    registration = await navigator.serviceWorker.register("{{base}}/sw.js", {
      scope: "{{base}}/",
      updateViaCache: "none",
    });
  } catch (error) {
    // Private windows and full disks: the app works, it only needs a network to start.
    console.warn("no service worker:", error);
    return;
  }
  if (registration.waiting) announce();
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      // Without a controller this is the first revision, not a new one.
      if (worker.state === "installed" && navigator.serviceWorker.controller) announce();
    });
  });
  window.addEventListener("xunjie:activate", () => activate(registration));
  const attempt = Number(sessionStorage.getItem(NEXT_ATTEMPT));
  sessionStorage.removeItem(NEXT_ATTEMPT);
  if (attempt) activate(registration, attempt);
}

function announce() {
  document.documentElement.dataset.update = "ready";
  window.dispatchEvent(new CustomEvent("xunjie:update"));
}

function activate(registration, attempt = 1) {
  // Another tab asked for it before: it is active, and this page is of the one before.
  if (!registration.waiting) {
    location.reload();
    return;
  }
  // Only here, and only once: a reload nobody asked for could cost a form.
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
    once: true,
  });
  registration.waiting.postMessage({ type: "activate" });
  if (attempt === ACTIVATION_ATTEMPTS) return;
  // Chromium stops the active worker for the one that waits. A message that starts it again at
  // that moment makes Chromium forget the other until this page is left.
  setTimeout(() => {
    sessionStorage.setItem(NEXT_ATTEMPT, attempt + 1);
    location.reload();
  }, ACTIVATION_TIMEOUT);
}
