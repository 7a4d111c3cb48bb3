#!/usr/bin/perl
# letters.pl MAILDIR - prints the mails of a mailbox as a person reads them: one JSON object
# {"subject", "text"} a line, the oldest first. For the mails that Saksbro writes, which are text.
use strict;
use warnings;
use utf8;
use Encode qw(decode);
use JSON::PP;
use MIME::QuotedPrint qw(decode_qp);

my ($maildir) = @ARGV;
my $json = JSON::PP->new->utf8->canonical;
for my $file (sort glob("$maildir/new/* $maildir/cur/*")) {
  open my $in, '<', $file or next;    # a mail program has just moved it
  my $mail = do { local $/; <$in> };
  $mail =~ s/\r\n/\n/g;
  my ($head, $body) = split /\n\n/, $mail, 2;
  $head =~ s/\n[ \t]+/ /g;
  $body = decode_qp($body) if $head =~ /^Content-Transfer-Encoding: quoted-printable/mi;
  my ($subject) = $head =~ /^Subject: (.*)/m;
  print $json->encode({subject => decode('MIME-Header', $subject // ''), text => decode('UTF-8', $body // '')}), "\n";
}
