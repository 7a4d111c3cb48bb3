// What the bridge itself says, on tickets and on the page behind a link: mappings/house.yaml.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "bridge/core/model/names.h"

namespace saksbro::core {

// What the page behind a link says about one signal. Texts may use {case.number}, {signal} and
// {organisation}.
struct LinkSentence {
  Words does;                // what pressing the button does
  Words button;              // what stands on it
  std::optional<Words> ask;  // the button needs words as well: the question above their box
};

// The page on which people act without an account.
struct LinkTexts {
  std::map<Signal, LinkSentence> signals;
  LinkSentence other;           // any signal that has no sentence of its own
  std::vector<Role> title_for;  // who may read the case's title there
  Words heading;
  Words numbers;   // {numbers}: of the case's tickets in systems of our own
  Words behalf;    // {organisation}
  Words language;  // what each language calls itself
  Words not_now;   // the signal says nothing to the case as it stands
  Words closed;    // the same, of a case that is closed
  Words reopens;   // it opens a case that is closed
  Words thanks;    // the answer is on disk
  Words leave;     // nothing more is to be done
  Words write;     // the button was pressed without the words that it needs
  Words too_long;
  Words too_many;    // answers by this link, or about this case, within an hour
  Words not_stored;  // try again
  Words unknown;     // no link of ours, or an old one
  Words help;        // what to do then
};

// What the bridge itself says on tickets.
struct HouseTexts {
  Words refused;          // {what} {why}
  Words unknown_command;  // {command} {nearest} {possible}
  Words did_you_mean;     // {near}
  Words not_now;          // {command} {activity} {possible}
  Words not_yours;        // {command} {roles} {activity} {possible}: another role could
  Words need;             // {need}
  Words help;             // {activity} {possible} {others}
  Words gone;             // {ticket} {why}
  Words stranger;         // {who} {system} {said}: a mail of somebody who has no role there
  Words unknown_status;   // {status} {known}
  Words loop;             // {field} {system}: something rewrites what we write
  Words conflict;         // {field} {kept} {winner} {lost}
  Words copy;             // {original} {fields}: of a ticket that bears another one's numbers
  Words acted_by_link;    // {who} {answer} {said}: what somebody did without writing on the ticket
  Words acted_elsewhere;  // {who} {answer} {said} {system}
  Words unawaited_by_link;  // {who} {answer} {said} {activity}
  Words taken_back;         // {how} {why}
  Words not_allowed;        // {activity}: why it is taken back, where the process does not say
  Words too_late;           // {command} {activity}: an answer to a question that time has answered
  Words this_ticket;        // what the case note calls the ticket that it stands on
  Words not_a_word;         // {field} {value} {known}: a value that stands in no closed list
  Words undoable;           // {what} {why}: a move, one of whose actions cannot be done
  Words no_party;           // {party}: why
  Words lost_ticket;        // {system}: why
  Words confidential;       // why, and what is said where something was not sent
  Words not_adopted;        // {number} {system}: of a number that people wrote, and no ticket has
  Words files;              // {from} {files}: what comes along
  Words files_by_link;      // {from} {files} {link}: files that are not copied
  Words files_not_sent;     // {from} {files} {system} {why}
  Words unseen;             // {what} {system}: written, and not seen since
  Words untitled;           // {reporter}: the title of a ticket that says nothing
  Words nothing;
  Words no_number;                // instead of the number that a party has not told yet
  Words missing;                  // {missing}: values that are asked for
  Words deadline_near;            // {activity} {due} {ball}
  Words deadline_over;            // {activity} {due} {ball}
  Words deviation;                // {how} {who}: in the case note
  Words note;                     // the case note: a line whose values are all empty is left out
  Words note_outside;             // and the one for other parties
  std::optional<LinkTexts> link;  // none: the house has no such page
};

}  // namespace saksbro::core
