// Runs before every page's own scripts: hears what should never happen.
window.__tripped = [];
const trip = (what) => window.__tripped.push(what);
for (const name of ["alert", "confirm", "prompt", "open", "print"]) window[name] = () => trip(name);
addEventListener("securitypolicyviolation", (e) => trip(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
