/* Questions that are tried in the editor: all that scripts add to answering, nothing sent by them. */

import { enhance } from "./questions/index.js";

document.querySelectorAll("fieldset[data-type]").forEach(enhance);
