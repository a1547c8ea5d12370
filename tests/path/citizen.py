"""A citizen with a chat and a browser, over plain HTTP."""

from __future__ import annotations

import time
import uuid
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx2

FRAGMENT = "thamrat-sign-in="
PATIENCE_SECONDS = 60.0
GLANCE_SECONDS = 0.1


class Form(HTMLParser):
    """The first form of a page."""

    def __init__(self, page):
        """Read the page."""
        super().__init__()
        self.action = ""
        self.fields = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.action = given.get("action", "")
        elif tag == "input" and "name" in given:
            self.fields[given["name"]] = given.get("value", "")


class Citizen:
    """Somebody who chats with a house, and signs in as one of the sandbox's people."""

    def __init__(self, house):
        """Start a conversation."""
        self.house = house
        self.http = httpx2.Client(base_url=house.url, trust_env=False, timeout=30)
        self.browser = httpx2.Client(trust_env=False, timeout=30)
        begun = self.http.post("/chat/conversations", json={}).json()
        self.token = begun["token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"
        self.seen = 0

    def send(self, text, message_id=None):
        """Send a message and return the gateway's answer to that."""
        body = {"client_message_id": message_id or uuid.uuid4().hex, "text": text}
        return self.http.post("/chat/messages", json=body)

    def say(self, text):
        """Send a message and return the replies to it."""
        assert self.send(text).status_code == httpx2.codes.ACCEPTED
        return self.replies()

    def history(self, after=0):
        """Return how the conversation stands."""
        return self.http.get("/chat/history", params={"after": after}).json()

    def replies(self, seconds=PATIENCE_SECONDS):
        """Return what the assistant said since the last time, when all is said."""
        deadline = time.monotonic() + seconds
        while (history := self.history(self.seen))["pending"]:
            assert time.monotonic() < deadline, "no answer in time"
            time.sleep(GLANCE_SECONDS)
        self.seen = max([self.seen, *(entry["seq"] for entry in history["entries"])])
        return [e["reply"] for e in history["entries"] if e["from"] == "assistant"]

    def ask_for_sign_in(self):
        """Press the button that starts a sign-in; return what the chat is told."""
        wanted = {"return_url": f"{self.house.url}/"}
        return self.http.post("/chat/sign-in", json=wanted).json()

    def press(self, page, **pressed):
        """Press a button of a page's form and return what comes next, unfollowed."""
        form = Form(page.text)
        to = urljoin(str(page.url), form.action)
        return self.browser.post(to, data={**form.fields, **pressed})

    def arrive_at_thaid(self, link):
        """Follow a link to where ThaID asks who it is."""
        start = self.browser.get(link)
        leaving = self.press(start, decision="continue")
        return self.browser.get(leaving.headers["location"])

    def prove(self, link, person):
        """Sign in at ThaID as one of its people; return where the way ends."""
        thaid = self.arrive_at_thaid(link)
        back = self.press(thaid, person=person.citizen_id)
        return self.browser.get(back.headers["location"])

    def agree(self, answer):
        """Give consent if it is asked for; return the code that came back."""
        if answer.headers.get("location", "").startswith("/sign-in/consent/"):
            page = self.browser.get(
                urljoin(str(answer.url), answer.headers["location"])
            )
            answer = self.press(page, decision="agree")
        return code_in(answer.headers["location"])

    def complete(self, code):
        """Bring the code to the chat; return the gateway's answer."""
        return self.http.post("/chat/sign-in/complete", json={"code": code})

    def sign_in(self, person):
        """Sign in all the way; return what the assistant says after."""
        link = self.ask_for_sign_in()["url"]
        code = self.agree(self.prove(link, person))
        assert self.complete(code).status_code == httpx2.codes.OK
        return self.replies()


def code_in(address):
    """Return the code in the fragment of the address that leads back to the chat."""
    return urlsplit(address).fragment.removeprefix(FRAGMENT)


def words(replies):
    """Return every word that replies show."""
    return " ".join(str(reply) for reply in replies)
