"""S3 behind CloudFront: a function, its key-value store, and policies of response headers.

S3's own redirects are permanent and at most fifty by rule, and a browser keeps a permanent one for
ever. So a CloudFront Function answers (viewer request, JavaScript runtime 2.0): it looks the path up in
a key-value store, whose contents are a file to import. It also finds the page in a folder, which S3
does not without its website endpoint.
"""

from typing import Any

from msgspec import json

from storefront.hosting.values import Files, Header, Plan, Redirect

FOLDER = "s3-cloudfront"
FUNCTION = """\
// storefront wrote this. Runtime: cloudfront-js-2.0. Event: viewer request. Associate a key-value store with it, and
// import redirects.json into that store.
import cf from 'cloudfront';

const redirects = cf.kvs();
const reasons = {301: 'Moved Permanently', 302: 'Found'};
const headers = %s;

function answer(status, location) {
  const all = {location: {value: location}};
  for (const name in status === 302 ? headers : {}) {
    all[name] = {value: headers[name]};
  }
  return {statusCode: status, statusDescription: reasons[status], headers: all};
}

async function handler(event) {
  const request = event.request;
  const uri = request.uri;
  if (await redirects.exists(uri)) {
    const found = await redirects.get(uri);
    return answer(Number(found.slice(0, 3)), found.slice(4));
  }
  if (uri.endsWith('/')) {
    request.uri = uri + 'index.html';
  } else if (!uri.slice(uri.lastIndexOf('/')).includes('.') && !uri.startsWith(%s)) {
    return answer(301, uri + '/');
  }
  return request;
}
"""


def write(plan: Plan) -> Files:
    """The files to set CloudFront up with."""
    values = {"data": [{"key": each.source, "value": _value(each)} for each in plan.redirects]}
    own = {name.lower(): value for name, value in plan.on_going}
    function = FUNCTION % (_json(own).decode().strip(), _json(plan.go).decode().strip())
    embeds = {f"{FOLDER}/headers-embeds.json": _policy("storefront-embeds", plan.on_embeds)} if plan.embedded else {}
    return Files(
        beside={
            f"{FOLDER}/function.js": function.encode(),
            f"{FOLDER}/redirects.json": _json(values),
            f"{FOLDER}/headers.json": _policy("storefront", plan.everywhere),
            f"{FOLDER}/headers-fixed.json": _policy("storefront-fixed", (*plan.everywhere, *plan.fixed)),
            **embeds,
        }
    )


def measure(redirect: Redirect) -> int:
    """The length of a value in the store."""
    return len(_value(redirect))


def _value(redirect: Redirect) -> str:
    return f"{redirect.status} {redirect.target}"


def _policy(name: str, headers: tuple[Header, ...]) -> bytes:
    """A policy as `aws cloudfront create-response-headers-policy` takes it; redirects keep what the function says."""
    security, custom = {}, []
    for key, value in headers:
        match key:
            case "Content-Security-Policy":
                security["ContentSecurityPolicy"] = {"Override": True, "ContentSecurityPolicy": value}
            case "Referrer-Policy":
                security["ReferrerPolicy"] = {"Override": False, "ReferrerPolicy": value}
            case "Strict-Transport-Security":
                age = int(value.partition("=")[2])
                security["StrictTransportSecurity"] = {"Override": True, "AccessControlMaxAgeSec": age}
            case "X-Content-Type-Options":
                security["ContentTypeOptions"] = {"Override": True}
            case _:
                custom.append({"Header": key, "Value": value, "Override": True})
    items: dict[str, Any] = {"Quantity": len(custom), "Items": custom}
    return _json({"Name": name, "SecurityHeadersConfig": security, "CustomHeadersConfig": items})


def _json(value: Any) -> bytes:
    return json.format(json.encode(value), indent=2) + b"\n"
