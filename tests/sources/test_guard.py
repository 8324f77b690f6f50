"""Which addresses a fetch may reach, whatever they are written like."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import UrlNotAllowedError
from sources.fetching.guard import check_addresses, is_public, parse_target


class TestIsPublic:
    @pytest.mark.parametrize(
        "address",
        [
            *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.17.0.1", "192.168.1.1"),
            *("169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.88.99.1"),
            *("::1", "::", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "fe80::1"),
            *("fec0::1", "fd00:ec2::254", "ff02::1", "2002:7f00:1::", "2001:db8::1", "2001::1"),
        ],
    )
    def test_what_is_not_of_the_internet_is_not_public(self, address):
        assert not is_public(ip_address(address))

    @pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111"])
    def test_what_is_of_the_internet_is(self, address):
        assert is_public(ip_address(address))

    @given(st.ip_addresses())
    def test_nothing_is_public_that_python_calls_private(self, address):
        assert not (is_public(address) and address.is_private)


class TestParseTarget:
    @pytest.mark.parametrize(
        "url",
        [
            *("gopher://a.example/", "file:///etc/passwd", "//a.example/", "a.example", "http://"),
            *("http://user:pw@a.example/", "http://a.example:99999/", "http://xn--/"),
            *("http://a.example/\r\nX: 1", "http://a.example\\@b.example/", "http://[::1"),
            *("http://" + "a" * 3_000, "http://-a.example/", "http:///path"),
        ],
    )
    def test_what_is_no_plain_address_is_refused(self, url):
        with pytest.raises(UrlNotAllowedError):
            parse_target(url)

    @pytest.mark.parametrize(
        ("url", "host"),
        [
            ("http://①②⑦.⓪.⓪.①/", "127.0.0.1"),
            ("http://127。0。0。1/", "127.0.0.1"),
            ("https://bücher.example/ä?q=ö#x", "xn--bcher-kva.example"),
            ("http://127.0.0.1#@a.example/", "127.0.0.1"),
        ],
    )
    def test_a_host_is_what_would_be_looked_up(self, url, host):
        assert parse_target(url).host == host

    @given(st.text())
    def test_any_text_is_read_or_refused(self, text):
        try:
            target = parse_target(f"http://{text}")
        except UrlNotAllowedError:
            return
        assert target.path.isascii()
        assert target.path.startswith("/")


class TestCheckAddresses:
    def test_one_inner_address_of_a_name_spoils_them_all(self):
        with pytest.raises(UrlNotAllowedError):
            check_addresses(parse_target("http://a.example/"), ["8.8.8.8", "10.0.0.1"])

    def test_a_port_that_no_web_server_uses_is_refused(self):
        with pytest.raises(UrlNotAllowedError):
            check_addresses(parse_target("http://a.example:22/"), ["8.8.8.8"])

    def test_a_setting_lets_a_network_through_and_no_other(self):
        target = parse_target("http://a.example:9000/")

        assert check_addresses(target, ["127.0.0.2"], ["127.0.0.2/32"]) == ["127.0.0.2"]
        with pytest.raises(UrlNotAllowedError):
            check_addresses(target, ["127.0.0.1"], ["127.0.0.2/32"])
