// A film as REST tells it: all of it, or how its pieces and its price stand.

import * as api from "./api.js";

export async function whole(id) {
  const task = await api.get(`tasks/${id}`);
  const [stands, script, messages, refunds] = await Promise.all([
    standing(task),
    task.version ? api.get(`tasks/${id}/script`) : null,
    api.getAll(`tasks/${id}/messages`),
    api.get(`credits?reason=refund&task_id=${id}`),
  ]);
  return { ...stands, script, messages, refunds: refunds.entries };
}

export async function standing(task) {
  const [components, price] = await Promise.all([
    task.version ? api.get(`tasks/${task.id}/components`) : { results: [] },
    task.version ? api.get(`tasks/${task.id}/price`) : null,
  ]);
  return { task, components: components.results, price };
}
