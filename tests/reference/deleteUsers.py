"""Deletes users of the AWS that the environment names as boto3's own pages show it, and prints what came back.

Each page's call is made twice: on a user that is there, and on one that is not.
"""

import json

import boto3


def result_of(call, exceptions):
    """What a call returned, or the class of boto3 that its error has."""
    try:
        response = call()
    except exceptions.ClientError as error:
        return {"error": type(error).__name__, "code": error.response["Error"]["Code"]}
    metadata = response.pop("ResponseMetadata")
    return {"response": response, "status": metadata["HTTPStatusCode"]}


def memorydb():
    client = boto3.client("memorydb")
    client.create_user(
        UserName="ann",
        AuthenticationMode={"Type": "password", "Passwords": ["a-password-for-tests"]},
        AccessString="on ~* +@all",
    )
    yield result_of(lambda: client.delete_user(UserName="ann"), client.exceptions)
    yield result_of(lambda: client.delete_user(UserName="bob"), client.exceptions)


def elasticache():
    client = boto3.client("elasticache")
    client.create_user(
        UserId="ann", UserName="ann", Engine="redis", AccessString="on ~* +@all", NoPasswordRequired=True
    )
    yield result_of(lambda: client.delete_user(UserId="ann"), client.exceptions)
    yield result_of(lambda: client.delete_user(UserId="bob"), client.exceptions)


def iam():
    resource = boto3.resource("iam")
    exceptions = resource.meta.client.exceptions
    user = resource.User("ann")
    user.create()
    yield result_of(lambda: user.delete(), exceptions)
    yield result_of(lambda: user.delete(), exceptions)


def rekognition():
    client = boto3.client("rekognition")
    client.create_collection(CollectionId="lobby")
    client.create_user(CollectionId="lobby", UserId="ann")
    call = {"CollectionId": "lobby", "UserId": "ann", "ClientRequestToken": "token"}
    yield result_of(lambda: client.delete_user(**call), client.exceptions)
    yield result_of(
        lambda: client.delete_user(CollectionId="lobby", UserId="bob", ClientRequestToken="other"), client.exceptions
    )


PAGES = (memorydb, elasticache, iam, rekognition)
print(json.dumps({page.__name__: list(page()) for page in PAGES}))
