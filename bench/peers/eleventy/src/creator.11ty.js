import { about, bars, card, e, each, figures, got, heading, layout, ld, reviews, share, strip } from "../parts.js";
import { rendered, site } from "../corpus.js";

const scale = (all) => `<section class="part" aria-labelledby="scale_">
${heading("scale_", "The scale behind the words", "From everything said and shown here, nothing left out.")}
<div class="scale">
<div class="sum__mean">
<h3 class="label">Average given</h3>
<p class="sum__figure"><b aria-hidden="true">${all.stars.value}</b> <span class="stars stars--h${all.stars.halves}" aria-hidden="true"></span><span class="vh">${all.stars.text}</span></p>
<p class="sum__count">${all.counted}</p>
</div>
<div class="sum__bars">
<h3 class="label">Ratings by stars</h3>
${bars(all.bars)}
</div>
<div class="scale__mix">
<h3 class="label">How things came here</h3>
<ul class="mix">${each(all.mix, (one) => `<li>${got(one.badge)} <span>${one.text}</span></li>`)}</ul>
<p class="scale__retired">${all.retired}</p>
</div>
</div>
</section>
`;

export default class {
  data() {
    return {
      pagination: { data: "creators", size: 1, alias: "creator", addAllPagesToCollections: false },
      permalink: ({ creator }) => creator.path,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ creator }) {
    const { page } = creator;
    const url = site.url + page.path;
    const name = e(creator.name);
    const data = ld({
      "@type": "ProfilePage", url,
      mainEntity: { "@type": "Person", name: creator.name, alternateName: creator.handle, description: rendered(creator).replace(/<[^>]*>/g, "").trim(), url },
    });
    const alternates = `<link rel="alternate" type="application/atom+xml" title="${e(creator.feed_name)}" href="${page.path}feed.xml">
<link rel="alternate" type="application/feed+json" title="${e(creator.feed_name)}" href="${page.path}feed.json">
<link rel="alternate" type="application/json" title="${name}" href="${page.path}index.json">
`;
    return layout("vanity", page, data, `<div class="profile profile--plain">
<div class="profile__name">
<p class="kicker"><span>${e(creator.place)}</span> <span>@${creator.handle}</span></p>
<h1 class="name ${creator.look}"><span>${e(creator.words[0])}</span> <em>${e(creator.words[1])}</em></h1>
</div>
<div class="profile__about">
<p class="profile__tagline">${e(creator.tagline)}</p>
<div class="prose profile__bio">${rendered(creator)}</div>
<p class="profile__interests"><span class="vh">Interests: </span>${each(creator.interests, (interest) => `<span>${e(interest)}</span> `)}</p>
${share}</div>
<div class="profile__side">
${figures(creator.facts, "figures")}
<nav aria-label="On this page"><ol class="toc">
${each(creator.lists, (list, i) => `<li class="hue${(i % 5) + 1}"><a href="#${list.id}"><span class="toc__number">${i + 1}</span> <span class="toc__title">${e(list.title)}</span> <span class="toc__count">${list.page.count}</span></a></li>\n`)}<li><a href="#reviews_"><span class="toc__number" aria-hidden="true">&amp;</span> <span class="toc__title">Reviews</span></a></li>
</ol></nav>
</div>
</div>
<section class="part part--strip" aria-labelledby="posts_">
${heading("posts_", "In pictures", "Everything with a number is named below its picture.")}
${strip(creator.posts.slice(0, 6), false)}
</section>
${each(creator.lists, (list, i) => `<section class="list hue${(i % 5) + 1}" id="${list.id}" aria-labelledby="${list.id}_h">
<div class="list__head">
<p class="list__number" aria-hidden="true">${i + 1}</p>
<h2 class="list__title" id="${list.id}_h"><a href="${list.path}">${e(list.title)}</a></h2>
${about(list)}</div>
<ul class="cards cards--lead">
${each(list.picks, (pick, place) => card(pick, 3, place === 0))}</ul>
</section>
`)}${scale(creator.calibration)}<section class="part" aria-labelledby="reviews_">
${heading("reviews_", "Reviews", creator.reviews_shown)}
${reviews(creator.reviews.slice(0, 6), 3, true)}
<p class="more"><a href="${creator.reviews_more.url}">${creator.reviews_more.text}</a></p>
</section>`, { alternates, scripts: ["copy"] });
  }
}
