"""S3 and whatever speaks its protocol as a store, by boto3. What goes wrong is told in the words of who has to mend it.

Sources: the list of error codes of the Amazon S3 API Reference, and botocore's documentation of retries and
credentials. Reviewed on 2026-11-26.
"""

import base64
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore import exceptions as botocore
from botocore.config import Config

from storefront.deploy.run import AT_ONCE
from storefront.deploy.store import Serving
from storefront.problems import EnvironmentFailure

ATTEMPTS = 6  # of each request, with pauses of 1, 2, 4, 8 and 16 seconds at most between them
CONNECT, READ = 10, 60  # seconds until a silent store counts as lost
REGION = "us-east-1"  # where requests are signed for when nothing is set; stores other than Amazon's hardly look at it
NO_KEYS = (
    "no credentials for S3 were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
    "or AWS_PROFILE to a profile of ~/.aws"
)
# What a code means, and what to do. {bucket} and {where} are filled in.
TOLD = {
    "NoSuchBucket": "there is no bucket {bucket} at {where}; make it first, or mend the name",
    "AccessDenied": "{where} does not allow it: the credentials need s3:ListBucket on the bucket {bucket}, and "
    "s3:GetObject, s3:PutObject and s3:DeleteObject on what is in it",
    "InvalidAccessKeyId": "{where} does not know AWS_ACCESS_KEY_ID",
    "SignatureDoesNotMatch": "{where} refuses the signature: AWS_SECRET_ACCESS_KEY is not that of AWS_ACCESS_KEY_ID",
    "RequestTimeTooSkewed": "the clock of this machine differs from that of {where} by too much; set it right",
    "ExpiredToken": "the credentials have run out; get new ones",
    "InvalidToken": "{where} refuses AWS_SESSION_TOKEN; get new credentials",
    "PermanentRedirect": "the bucket {bucket} lies in another region; set AWS_REGION to it",
    "SlowDown": "{where} was still too busy after several attempts; try again later",
    "BadDigest": "what was sent to {where} arrived damaged; see to the network, then deploy again",
    "QuotaExceeded": "the bucket {bucket} has no room left",
}
SAME = {
    "403": "AccessDenied",
    "Forbidden": "AccessDenied",
    "AllAccessDisabled": "AccessDenied",
    "InvalidClientTokenId": "InvalidAccessKeyId",
    "TokenRefreshRequired": "ExpiredToken",
    "301": "PermanentRedirect",
    "AuthorizationHeaderMalformed": "PermanentRedirect",
    "IllegalLocationConstraintException": "PermanentRedirect",
    "InternalError": "SlowDown",
    "ServiceUnavailable": "SlowDown",
    "RequestTimeout": "SlowDown",
    "500": "SlowDown",
    "502": "SlowDown",
    "503": "SlowDown",
    "504": "SlowDown",
}
MISSING = {"NoSuchKey", "404", "NotFound"}


class Bucket:
    """The objects of a bucket below a prefix ("" or ending with a slash). A tag is an object's ETag."""

    serves = True

    def __init__(self, bucket: str, prefix: str, endpoint: str | None) -> None:
        self.name = f"s3://{bucket}/{prefix}".rstrip("/")
        self._bucket, self._prefix = bucket, prefix
        self._where = urlsplit(endpoint).netloc if endpoint else "S3"
        with self._told():
            self._client = _client(endpoint)
            self._where = urlsplit(self._client.meta.endpoint_url).netloc

    def tags(self) -> dict[str, str]:
        with self._told():
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._prefix)
            found = {each["Key"]: each["ETag"] for page in pages for each in page.get("Contents", ())}
        return {key[len(self._prefix) :]: tag for key, tag in found.items() if not key.endswith("/")}

    def get(self, path: str) -> bytes | None:
        with self._told():
            try:
                data: bytes = self._client.get_object(**self._named(path))["Body"].read()
            except botocore.ClientError as error:
                if _code(error) in MISSING:
                    return None
                raise
            return data

    def put(self, path: str, data: bytes, serving: Serving) -> str:
        with self._told():
            # The store refuses bytes that were damaged on the way. Every store knows this checksum.
            digest = base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()
            headers = {"ContentType": serving.kind, "CacheControl": serving.cache, "ContentMD5": digest}
            tag: str = self._client.put_object(**self._named(path), Body=data, **headers)["ETag"]
        return tag

    def delete(self, path: str) -> None:
        with self._told():
            self._client.delete_object(**self._named(path))

    def _named(self, path: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": f"{self._prefix}{path}"}

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the client raises into an `EnvironmentFailure` that says what to do."""
        try:
            yield
        except botocore.ClientError as error:
            raise EnvironmentFailure(self._refused(error)) from error
        except (botocore.NoCredentialsError, botocore.PartialCredentialsError) as error:
            raise EnvironmentFailure(NO_KEYS) from error
        except (botocore.HTTPClientError, botocore.ConnectionError, botocore.ResponseStreamingError) as error:
            raise EnvironmentFailure(
                f"{self._where} cannot be reached, or does not answer to the end ({type(error).__name__}); "
                "see to the network and --endpoint-url, then deploy again"
            ) from error
        except (botocore.BotoCoreError, ValueError) as error:  # an unknown profile, an expired login, a wrong name
            raise EnvironmentFailure(f"S3: {' '.join(str(error).split())}") from error

    def _refused(self, error: botocore.ClientError) -> str:
        code = _code(error)
        told = TOLD.get(SAME.get(code, code))
        said = " ".join(str(error.response.get("Error", {}).get("Message", "")).split())
        plain = f"{self._where} refuses it: {code} {said}".rstrip()
        return f"{told.format(bucket=self._bucket, where=self._where)} ({code})" if told else plain


def _client(endpoint: str | None) -> Any:
    """A client. Keys, region, endpoint and certificates come from where every tool of AWS takes them."""
    session = boto3.Session()
    elsewhere = endpoint or os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    region = os.environ.get("AWS_REGION") or session.region_name or REGION
    own: dict[str, Any] = {} if "AWS_MAX_ATTEMPTS" in os.environ else {"total_max_attempts": ATTEMPTS}
    config = Config(
        connect_timeout=CONNECT,
        read_timeout=READ,
        max_pool_connections=AT_ONCE,
        retries={"mode": "standard", **own},
        # Not every store knows the newer checksums, nor buckets as the names of hosts.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path"} if elsewhere else {},
    )
    return session.client("s3", endpoint_url=endpoint, region_name=region, config=config)


def _code(error: botocore.ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
