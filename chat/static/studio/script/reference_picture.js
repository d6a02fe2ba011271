// A picture of the user's that characters are drawn after: which it is, whom it shows, and how it is changed.

import * as api from "../wire/api.js";
import { Select } from "../parts/choices.js";
import { Icon } from "../parts/icons.js";
import { html, useEffect, useState } from "../preact.js";
import { Attachment, useReference } from "../parts/reference.js";
import { slugOf } from "../words/pieces.js";

export function ReferencePicture({ film, profiles, studio }) {
  const reference = useReference();
  const [whom, setWhom] = useState("");
  useEffect(() => void (reference.upload && put()), [reference.upload?.id]);

  const put = async () => {
    const body = { upload_id: reference.upload.id, character: whom };
    if (await studio.attempt(() => api.post(`tasks/${film.id}/reference-image`, body))) reference.clear();
    studio.lookAgain();
  };
  const people = [
    { value: "", label: "All characters" },
    ...profiles.map(({ name }) => ({ value: name, label: name })),
  ];
  return html`
    <div class="reference" ...${reference.dropTarget}>
      ${
        film.reference &&
        html`<img src=${film.reference.url} alt="Your reference picture" width="72" height="72" loading="lazy" />`
      }
      <p class="soft">${said(film, profiles)}</p>
      <div class="row">
        ${
          profiles.length > 1 &&
          html`<${Select} label="It shows" value=${whom} options=${people} onChange=${setWhom} />`
        }
        <label class="button quiet small"><${Icon} name="picture" /> ${
          film.reference ? "Another reference picture" : "Reference picture"
        }
          <input type="file" accept="image/*" class="unseen" onChange=${reference.pick} /></label>
        <${Attachment} reference=${reference} />
      </div>
    </div>`;
}

function said({ reference, settings }, profiles) {
  if (!reference) return "Characters can be drawn after a picture of yours.";
  const shown = profiles.find(({ name }) => slugOf(name) === settings.reference_character);
  return shown
    ? `${shown.name} is drawn after your reference picture.`
    : "All characters are drawn after your reference picture.";
}
