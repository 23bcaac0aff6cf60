// The corpus, joined in memory: records name each other by id or by creator and place, and get pointers here.
// Content is one YAML file a record, or all of a kind in one JSON file; what storefront worked out is JSON.
import fs from "node:fs";
import path from "node:path";
import yaml from "js-yaml";
import MarkdownIt from "markdown-it";

export const folder = process.env.CORPUS;
const text = (...names) => fs.readFileSync(path.join(folder, ...names), "utf8");
const json = (name) => JSON.parse(text(`${name}.json`));
const content = (kind) => {
  if (fs.existsSync(path.join(folder, `${kind}.json`))) return json(kind);
  const records = {};
  for (const file of fs.readdirSync(path.join(folder, kind)).sort()) {
    records[file.slice(0, -5)] = yaml.load(text(kind, file), { schema: yaml.CORE_SCHEMA });
  }
  return records;
};

export const site = json("site");
const told = json("told");
const byHandle = content("creators");
const byId = content("products");
export const creators = Object.values(byHandle);
export const products = Object.values(byId);
export const lists = [];
export const posts = [];

// Each text is rendered once, whichever page wants it first.
const markdown = new MarkdownIt("commonmark");
export const rendered = (record) => (record.html ??= markdown.render(record.text));

for (const product of products) Object.assign(product, told.products[product.id]);
const picked = (picks) => {
  for (const pick of picks) {
    Object.assign(pick, told.picks[pick.id]);
    pick.thing = byId[pick.product];
  }
};
for (const creator of creators) {
  Object.assign(creator, told.creators[creator.handle]);
  for (const list of creator.lists) {
    list.creator = creator;
    list.page = told.heads[list.path];
    picked(list.picks);
    lists.push(list);
  }
  for (const post of creator.posts) {
    post.creator = creator;
    post.page = told.heads[post.path];
    picked(post.picks);
    posts.push(post);
  }
  for (const review of creator.reviews) {
    Object.assign(review, told.reviews[review.anchor]);
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
  brand.all = brand.all?.map(reviewAt); // with the first of its pages
  brand.products = brand.products.map((id) => byId[id]);
}
export const brands = site.brands.filter((brand) => brand.all);
for (const category of site.categories) category.products = category.products.map((id) => byId[id]);
for (const home of site.homes) home.posts = home.posts.map(postAt);
