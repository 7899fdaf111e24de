/* On the result page: what the browser kept of the attempt's answers is no longer needed. */

import { KeptAnswers } from "./answers-kept.js";

const prefix = document.querySelector("[data-forget]")?.dataset.forget;
if (prefix) new KeptAnswers(prefix).forget();
