import { crumbs, e, each, figures, got, heading, layout, ld } from "../parts.js";

const labels = (id, title, all, badge) => `<section class="part how" aria-labelledby="${id}">
${heading(id, title)}
<dl class="how__labels">${each(all, (one) => `<div><dt>${badge(one.badge)}</dt><dd>${e(one.text)}</dd></div>`)}</dl>
</section>
`;
const sentences = (id, title, lines) => `<section class="part how" aria-labelledby="${id}">
${heading(id, title)}
<ul class="how__lines">${each(lines, (line) => `<li>${e(line)}</li>`)}</ul>
</section>
`;

export default class {
  data() {
    return { permalink: "/how-this-works/", eleventyExcludeFromCollections: true };
  }

  render({ shared: { how } }) {
    const badge = ({ kind, text }) => `<span class="badge badge--${kind}">${e(text)}</span>`;
    return layout("how", how.page, ld(crumbs(how.page)), `<div class="head"><h1>How this works</h1></div>
${labels("labels_", "What the labels mean", how.labels, badge)}${labels("got_", "How somebody came to a thing", how.got, got)}${sentences("reviews_", "Reviews", how.reviews)}${sentences("prices_", "Prices", how.prices)}${sentences("links_", "Links to shops", how.links)}<section class="part how" aria-labelledby="facts_">
${heading("facts_", "This site in figures")}
${figures(how.facts, "figures")}
</section>`);
  }
}
