"""Credentials, against a server that checks signatures and policies itself."""

import json

import boto3
import pytest
from target import BUCKET, Target, numbers, output_of

ALL = ["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"]


def keys(proxy, *actions):
    """The keys of a user who may do just this."""
    iam = boto3.client(
        "iam",
        endpoint_url=f"http://127.0.0.1:{proxy.store.port}",
        region_name="us-east-1",
        aws_access_key_id="x",
        aws_secret_access_key="x",
    )
    iam.create_user(UserName="robin")
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_user_policy(UserName="robin", PolicyName="deploy", PolicyDocument=document)
    made = iam.create_access_key(UserName="robin")["AccessKey"]
    return {"AWS_ACCESS_KEY_ID": made["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": made["SecretAccessKey"]}


@pytest.fixture
def strict(proxy, shelves):
    """A deployment to a bucket that looks at credentials, with keys for these actions."""
    bucket = Target(proxy)
    bucket.empty()

    def deploy(*actions, **changed):
        own = keys(proxy, *actions) | changed
        proxy.store.ask("POST", "/moto-api/reset-auth", b"0")
        return bucket.deploy_here(shelves, **own)

    yield deploy
    proxy.store.ask("POST", "/moto-api/reset-auth", b"Infinity")


def test_the_rights_that_the_docs_name_are_enough(strict, shelves):
    said = strict(*ALL)
    assert said.code == 0, said.out
    assert numbers(said) == (len(output_of(shelves)), 0, 0)


@pytest.mark.parametrize("lacking", ["s3:ListBucket", "s3:GetObject", "s3:PutObject"])
def test_a_right_that_lacks_is_told(lacking, strict):
    said = strict(*(action for action in ALL if action != lacking))
    assert (said.code, f"s3:ListBucket on the bucket {BUCKET}" in said.out) == (3, True), said.out


def test_a_key_that_nobody_knows_is_told(strict):
    said = strict(*ALL, AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE")
    assert (said.code, "does not know AWS_ACCESS_KEY_ID" in said.out) == (3, True), said.out


def test_a_secret_that_is_another_ones_is_told(strict):
    said = strict(*ALL, AWS_SECRET_ACCESS_KEY="wrong")
    assert (said.code, "AWS_SECRET_ACCESS_KEY is not that of AWS_ACCESS_KEY_ID" in said.out) == (3, True), said.out
