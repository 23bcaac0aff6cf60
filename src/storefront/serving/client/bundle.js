// A preview as files has its marks, and nothing that follows changes.

import { mark } from "./marks.js";

mark(JSON.parse(document.getElementById("storefront_").textContent).marks);
