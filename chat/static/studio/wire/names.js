// Names that nobody else has, for messages and for writes that must happen once. `crypto.randomUUID` is missing on
// pages without https, where Pixora is used within a network.

export function newName(prefix) {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `${prefix}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
