// What was said and has no receipt yet. It outlives the page, so nothing is lost; a line keeps its name when it is sent
// again, so nothing is said twice. Each line has an entry of its own, because tabs share the storage.

export class Outbox {
  constructor(storage, userId) {
    this.storage = storage;
    this.prefix = `pixora.outbox.${userId}.`;
  }

  /** Oldest first. */
  lines() {
    const keys = Object.keys(this.storage).filter((key) => key.startsWith(this.prefix));
    return keys.map((key) => JSON.parse(this.storage.getItem(key))).sort((one, other) => one.at - other.at);
  }

  keep(line) {
    this.storage.setItem(this.prefix + line.client_message_id, JSON.stringify(line));
  }

  settle(clientMessageId) {
    this.storage.removeItem(this.prefix + clientMessageId);
  }
}
