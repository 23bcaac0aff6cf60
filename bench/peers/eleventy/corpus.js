// The corpus, joined in memory: records name each other by id or by creator and place, and get pointers here.
import fs from "node:fs";
import path from "node:path";
import MarkdownIt from "markdown-it";

export const folder = process.env.CORPUS;
const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, `${name}.json`), "utf8"));

export const site = read("site");
const byHandle = read("creators");
const byId = read("products");
export const creators = Object.values(byHandle);
export const products = Object.values(byId);
export const lists = [];
export const posts = [];

// Each text is rendered once, whichever page wants it first.
const markdown = new MarkdownIt("commonmark");
export const rendered = (record) => (record.html ??= markdown.render(record.text));

for (const creator of creators) {
  for (const list of creator.lists) {
    list.creator = creator;
    for (const pick of list.picks) pick.thing = byId[pick.product];
    lists.push(list);
  }
  for (const post of creator.posts) {
    post.creator = creator;
    for (const pick of post.picks) pick.thing = byId[pick.product];
    posts.push(post);
  }
  for (const review of creator.reviews) {
    review.creator = creator;
    review.thing = byId[review.product];
  }
}
const reviewAt = ([handle, place]) => byHandle[handle].reviews[place];
const postAt = ([handle, place]) => byHandle[handle].posts[place];
for (const product of products) {
  product.reviews = product.reviews.map(reviewAt);
  product.posts = product.posts.map(postAt);
  product.mentions = product.mentions.map(([handle, list, pick]) => ({
    creator: byHandle[handle],
    list: byHandle[handle].lists[list],
    pick: byHandle[handle].lists[list].picks[pick],
  }));
}
for (const brand of site.brands) {
  brand.reviews = brand.reviews.map(reviewAt);
  brand.products = brand.products.map((id) => byId[id]);
}
for (const category of site.categories) category.products = category.products.map((id) => byId[id]);
for (const home of site.homes) home.posts = home.posts.map(postAt);
