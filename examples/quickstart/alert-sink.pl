#!/usr/bin/perl
# alert-sink.pl PORT FILE - stands for the gateway that wakes people: takes each POST on loopback
# and adds its body to FILE as one line. One at a time is enough here.
use strict;
use warnings;
use IO::Socket::INET;

my ($port, $file) = @ARGV;
my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 8, ReuseAddr => 1)
  or die "port $port: $!\n";
while (my $client = $listener->accept) {
  local $SIG{ALRM} = sub { close $client };
  alarm 5;    # somebody who connects and says nothing holds nobody up for long
  my ($length, $body) = (0, '');
  while (defined(my $line = <$client>)) {
    $length = $1 if $line =~ /^content-length:\s*(\d+)/i;
    last if $line =~ /^\r?\n$/;
  }
  read $client, $body, $length if $length;
  alarm 0;
  if (length $body) {
    $body =~ s/[\r\n]+/ /g;
    open my $out, '>>', $file or die "$file: $!\n";
    print {$out} "$body\n";
    close $out;
  }
  print {$client} "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
  close $client;
}
