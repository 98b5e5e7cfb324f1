// The browser's own view of the phone's store, past the code that is tested.

const STORE = "xunjie";
const COPY = "second-copy";

const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function inTable(name, mode, work) {
  const database = await answer(indexedDB.open(STORE));
  try {
    return await answer(work(database.transaction(name, mode).objectStore(name)));
  } finally {
    database.close();
  }
}

export const getRow = (name, key) => inTable(name, "readonly", (table) => table.get(key));
export const getKeys = (name) => inTable(name, "readonly", (table) => table.getAllKeys());
export const putRow = (name, key, value) => inTable(name, "readwrite", (table) => table.put(value, key));
export const deleteRow = (name, key) => inTable(name, "readwrite", (table) => table.delete(key));

/** As the browser does when it finds the files damaged. */
export const throwAway = () => answer(indexedDB.deleteDatabase(STORE));

export async function clearRows() {
  const database = await answer(indexedDB.open(STORE));
  const names = [...database.objectStoreNames];
  database.close();
  for (const name of names) await inTable(name, "readwrite", (table) => table.clear());
}

export async function getCopies() {
  const cache = await caches.open(COPY);
  const addresses = (await cache.keys()).map(({ url }) => url.slice(url.indexOf(COPY) + COPY.length + 1));
  return addresses.sort();
}

export async function getCopy(address) {
  const cache = await caches.open(COPY);
  return (await cache.match(`/${COPY}/${address}`))?.text();
}

export async function putCopy(address, text) {
  const cache = await caches.open(COPY);
  await cache.put(`/${COPY}/${address}`, new Response(text));
}

export async function clearCopies() {
  const cache = await caches.open(COPY);
  for (const request of await cache.keys()) await cache.delete(request);
}

/** Notes how durable each transaction is asked to be, from now on. */
export function noteDurability() {
  const noted = [];
  const own = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (names, mode, options) {
    if (mode === "readwrite") noted.push(options?.durability ?? "default");
    return own.call(this, names, mode, options);
  };
  return () => {
    IDBDatabase.prototype.transaction = own;
    return noted;
  };
}

/** Leaves a buffer that can be neither read nor stored. */
export const handOver = (buffer) => void structuredClone(buffer, { transfer: [buffer] });
