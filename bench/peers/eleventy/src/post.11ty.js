import { badges, byline, card, crumbs, e, each, heading, layout, ld, share } from "../parts.js";
import { rendered, site } from "../corpus.js";

export default class {
  data() {
    return {
      pagination: { data: "posts", size: 1, alias: "post", addAllPagesToCollections: false },
      permalink: ({ post }) => post.path,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ post }) {
    const { creator, page } = post;
    const node = {
      "@type": "SocialMediaPosting", headline: post.title,
      alternativeHeadline: page.badges.length ? page.badges.map((badge) => badge.text) : undefined,
      text: rendered(post).replace(/<[^>]*>/g, "").trim(),
      author: { "@type": "Person", name: creator.name, url: site.url + creator.path },
      datePublished: post.date, url: site.url + page.path,
    };
    return layout("post", page, ld(node, crumbs(page)), `<article class="spread spread--plain">
<div class="spread__text">
<p class="kicker"><time datetime="${post.date}">${page.day.text}</time></p>
<h1>${e(post.title)}</h1>
${page.badges.length ? `<p class="badges">${badges(page.badges)}</p>\n` : ""}${byline(creator)}
<div class="prose spread__words">${rendered(post)}</div>
<nav aria-label="Everything in the picture"><ol class="toc">${each(post.picks, (pick, i) => `<li><a href="#${pick.anchor}"><span class="toc__number">${i + 1}</span> <span class="toc__title">${e(pick.thing.title)}</span></a></li>`)}</ol></nav>
${share}</div>
</article>
<section class="part" aria-labelledby="things_">
${heading("things_", "Everything in the picture")}
<ul class="cards">
${each(post.picks, (pick, i) => card(pick, 3, false, i + 1))}</ul>
</section>`, { scripts: ["copy"] });
  }
}
