/** What a consumer does with an event in these rows: it reads one field. */
let newestMs = 0

export function look(event) {
  newestMs = event.timestamp
}

export function newest() {
  return newestMs
}
