# Commit code of the scrip that tells Saksbro when a ticket has changed (README.md, "The webhook").
# Condition and action "User Defined", template "Blank", stage "TransactionBatch": all changes of one
# request are one message, sent after they are stored.
#
# It is a hint and no more: no subject, no text, no requestor. Saksbro reads the ticket itself, and
# polls for what this did not tell, so a message that is lost does no harm.
#
# RT_WEBHOOK is where to, RT_WEBHOOK_SECRET signs the raw body. Both may be set in RT_SiteConfig.pm:
#   $ENV{RT_WEBHOOK} = 'https://saksbro.example.org/hooks/operator';
require Digest::SHA;
require JSON;
require LWP::UserAgent;

my ($url, $secret) = @ENV{qw(RT_WEBHOOK RT_WEBHOOK_SECRET)};
return 1 unless length($url // '');
unless (length($secret // '')) {
  RT->Logger->error('Saksbro webhook: RT_WEBHOOK_SECRET is not set, nothing is sent');
  return 1;
}
my $ticket = $self->TicketObj;
my @batch = @{$ticket->TransactionBatch || [$self->TransactionObj]};
my @changes = map { {id => $_->Id + 0, type => $_->Type, creator => $_->CreatorObj->Name} } @batch;
# The queue that it came from, too: else nobody who watches that queue is told that it left.
my ($moved) = grep { $_->Type eq 'Set' && ($_->Field // '') eq 'Queue' } @batch;
my $from = RT::Queue->new(RT->SystemUser);
$from->Load($moved->OldValue) if $moved;
my $body = JSON->new->utf8->canonical->encode({
  event => (grep { $_->{type} eq 'Create' } @changes) ? 'ticket.created' : 'ticket.updated',
  # ObjectId, not $ticket->Id: that of a merged ticket is already the other one's.
  ticket => {id => $batch[0]->ObjectId + 0, queue => $ticket->QueueObj->Name,
             $from->Id ? (queue_before => $from->Name) : (),
             last_updated => $ticket->LastUpdatedObj->W3CDTF(Timezone => 'utc')},
  changes => \@changes});
# RT's request waits for this: 3 s at most, one try.
my $answer = LWP::UserAgent->new(timeout => 3, max_redirect => 0)->post($url,
  'Content-Type' => 'application/json',
  'X-Saksbro-Signature' => 'sha256=' . Digest::SHA::hmac_sha256_hex($body, $secret),
  Content => $body);
RT->Logger->warning('Saksbro webhook: ' . $answer->status_line) unless $answer->is_success;
return 1;
