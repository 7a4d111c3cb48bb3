#include <algorithm>

#include "bridge/contract/nearest.h"
#include "bridge/core/text/text.h"
#include "bridge/load/mapping_files.h"

namespace saksbro::load {
namespace {

using Values = std::vector<std::string>;

const core::Words kUnknownStatus{
    "Saksbro kjenner ikke statusen «{status}». Kjente her er: {known}. Endringen er ikke sendt "
    "videre.",
    "Saksbro does not know the status \"{status}\". Known here: {known}. The change was not "
    "forwarded."};
const core::Words kNotYours{
    "Bare {roles} kan bruke «/sak {command}» nå ({activity}). Mulig for deg: {possible}",
    "Only {roles} can use \"/case {command}\" now ({activity}). Possible for you: {possible}"};
const core::Words kLoop{
    "Noe endrer «{field}» i {system} hver gang Saksbro har skrevet det. Saksbro lar det stå til "
    "det har vært i ro en time, eller til noen kjører: saksbro redrive {case.number}",
    "Something changes \"{field}\" in {system} each time Saksbro writes it. Saksbro leaves it "
    "alone until nothing has changed it for an hour, or until somebody runs: saksbro redrive "
    "{case.number}"};
const core::Words kConflict{
    "«{field}» ble endret to steder samtidig. «{kept}» fra {winner} gjelder. Her sto det: «{lost}»",
    "\"{field}\" was changed in two places at once. \"{kept}\" from {winner} holds. Here it was: "
    "\"{lost}\""};
const core::Words kNoNumber{"(uten eget saksnummer)", "(no number of its own yet)"};
const core::Words kStranger{
    "{who} har skrevet i tråden med {system}, men står ikke i listen over dem som svarer derfra. "
    "Saksbro regner det derfor ikke som et svar:\n\n{said}",
    "{who} has written in the thread with {system}, but is not listed as one of their people. "
    "Saksbro does not count it as an answer:\n\n{said}"};
const core::Words kCopy{
    "Dette ser ut som en kopi av saken {original}. Saksbro gjør ikke noe med den. Skal den bli en "
    "egen sak, så tøm {fields}.",
    "This looks like a copy of the case {original}. Saksbro does nothing with it. If it is to "
    "become a case of its own, empty {fields}."};

const core::Words kActedByLink{"{who} svarte «{answer}» med lenken fra Saksbro.\n\n{said}",
                               "{who} answered \"{answer}\" by the link from Saksbro.\n\n{said}"};
const core::Words kActedElsewhere{"{who} svarte «{answer}» ({system}).\n\n{said}",
                                  "{who} answered \"{answer}\" ({system}).\n\n{said}"};
const core::Words kUnawaited{
    "{who} svarte «{answer}» med lenken fra Saksbro, men det svaret er ikke ventet nå "
    "({activity}). "
    "Saken er ikke flyttet.\n\n{said}",
    "{who} answered \"{answer}\" by the link from Saksbro, but no such answer is expected now "
    "({activity}). The case has not moved.\n\n{said}"};
const core::Words kTakenBack{"{how} er tatt tilbake: {why}", "{how} has been taken back: {why}"};
const core::Words kNotAllowed{"det er ikke et trekk som rutinen tillater nå ({activity}).",
                              "it is not a move that the routine allows now ({activity})."};
const core::Words kTooLate{
    "«/sak {command}» kom for sent: saken har gått videre ({activity}). Du trenger ikke gjøre noe.",
    "\"/case {command}\" came too late: the case has moved on ({activity}). There is nothing for "
    "you "
    "to do."};
const core::Words kNotAWord{
    "«{field}»: «{value}» er ingen av: {known}. Saksbro bruker den ikke.",
    "\"{field}\": \"{value}\" is none of: {known}. Saksbro does not use it."};
const core::Words kUndoable{"«{what}» er ikke utført: {why} Saken er ikke flyttet.",
                            "\"{what}\" was not carried out: {why} The case has not moved."};
const core::Words kNoParty{"Det er ikke valgt hvem som er {party}.",
                           "No {party} has been selected."};
const core::Words kLostTicket{"Saken hos {system} finnes ikke lenger.",
                              "The ticket at {system} no longer exists."};
const core::Words kConfidential{"Saken er privat: Saksbro sender ingenting fra den til andre.",
                                "This ticket is private: Saksbro sends nothing from it to others."};
const core::Words kNotAdopted{
    "«{number}» er ingen sak hos {system} som denne saken kan ha. Saksbro oppretter en ny der.",
    "\"{number}\" is not a ticket at {system} that this case can use. Saksbro opens a new one "
    "there."};
const core::Words kUnseen{
    "Saksbro har gjort dette, men ser det ikke igjen: {what} ({system}). Saken kan stå stille. Er "
    "merkefeltet og rettighetene riktige?",
    "Saksbro did this, but cannot see the result: {what} ({system}). The case may be stuck. Are "
    "the marker field and the permissions correct?"};
const core::Words kFiles{"Vedlegg fra {from}: {files}", "Attachments from {from}: {files}"};
const core::Words kFilesByLink{
    "Vedlegg hos {from} som Saksbro ikke kopierer (for store, eller av en type som ikke tas imot): "
    "{files}. De ligger her: {link}",
    "Attachments at {from} that Saksbro does not copy (too large, or of a type that is not taken): "
    "{files}. They are here: {link}"};
const core::Words kFilesLeftOut{"Ikke kopiert til {system}: {files} fra {from}. Grunn: {why}.",
                                "Not copied to {system}: {files} from {from}. Reason: {why}."};
const core::Words kUntitled{"(uten emne) fra {reporter}", "(no subject) from {reporter}"};

void add_errors_of(SettingsReader& reader, Errors& errors) {
  const Errors found = reader.finish();
  errors.insert(errors.end(), found.begin(), found.end());
}

void check_placeholders(const Setting& text, const core::Words& words, const Values& known,
                        Errors& errors) {
  for (const std::string& one : {words.nb, words.en}) {
    for (const std::string& name : core::placeholders(one)) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      errors.push_back(
          {text.where, text.path + ": unknown value {" + name + "}" + did_you_mean(name, known)});
    }
  }
}

// The texts of one map, each with the values that it may speak of.
class TextsReader {
 public:
  TextsReader(const Setting& map, Mentions& mentions, Errors& errors)
      : reader_(map), mentions_(mentions), errors_(errors) {}
  ~TextsReader() { add_errors_of(reader_, errors_); }
  TextsReader(const TextsReader&) = delete;
  TextsReader& operator=(const TextsReader&) = delete;

  core::Words words(const char* key, const Values& values) {
    const Setting* one = reader_.any(key);
    if (one != nullptr) return checked(*one, values);
    reader_.error("\"" + std::string(key) + "\" is missing: a text, or { nb: ..., en: ... }");
    return {};
  }
  std::optional<core::Words> words_if_given(const char* key, const Values& values) {
    const Setting* one = reader_.any(key);
    return one == nullptr ? std::nullopt : std::optional(checked(*one, values));
  }
  // Newer than many a house: one that has no words of its own for it says this.
  core::Words words_or(const char* key, const Values& values, const core::Words& otherwise) {
    return words_if_given(key, values).value_or(otherwise);
  }
  SettingsReader& reader() { return reader_; }

 private:
  core::Words checked(const Setting& setting, const Values& values) {
    core::Words read = read_words(setting, mentions_, errors_);
    check_placeholders(setting, read, values, errors_);
    return read;
  }

  SettingsReader reader_;
  Mentions& mentions_;
  Errors& errors_;
};

core::LinkSentence read_sentence(const Setting& map, Mentions& mentions, Errors& errors) {
  static const Values kValues{"case.number", "signal", "organisation"};
  TextsReader texts(map, mentions, errors);
  core::LinkSentence sentence;
  sentence.does = texts.words("does", kValues);
  sentence.button = texts.words("button", kValues);
  sentence.ask = texts.words_if_given("ask", kValues);
  return sentence;
}

void read_sentences(const Setting* map, core::LinkTexts& link, Mentions& mentions, Errors& errors) {
  if (map == nullptr) return;
  for (const auto& [signal, setting] : std::get<Setting::Map>(map->value)) {
    mentions.said.push_back({signal, setting.where, setting.path});
    link.signals[core::Signal{signal}] = read_sentence(setting, mentions, errors);
  }
}

void read_title_for(const Setting* list, core::LinkTexts& link, Mentions& mentions,
                    Errors& errors) {
  if (list == nullptr) return;
  for (const Setting& item : std::get<Setting::List>(list->value)) {
    if (const auto* role = std::get_if<Setting::Text>(&item.value)) {
      mentions.roles.push_back({*role, item.where, item.path});
      link.title_for.emplace_back(*role);
    } else {
      errors.push_back({item.where, item.path + ": expected a role"});
    }
  }
}

core::LinkTexts read_link_page(const Setting& map, Mentions& mentions, Errors& errors) {
  core::LinkTexts link;
  TextsReader texts(map, mentions, errors);
  read_sentences(texts.reader().map("signals"), link, mentions, errors);
  if (const Setting* other = texts.reader().map("other")) {
    link.other = read_sentence(*other, mentions, errors);
  } else {
    texts.reader().error("\"other\" is missing: the texts for a signal that is not listed");
  }
  read_title_for(texts.reader().list("title_for"), link, mentions, errors);
  link.heading = texts.words("heading", {"case.number"});
  link.numbers = texts.words("numbers", {"numbers"});
  link.behalf = texts.words("behalf", {"organisation"});
  link.language = texts.words("language", {});
  link.not_now = texts.words("not_now", {"case.number"});
  link.closed = texts.words("closed", {"case.number"});
  link.reopens = texts.words_or("reopens", {"case.number"},
                                {"Saken er lukket. Svaret åpner den igjen.",
                                 "The case is closed. The answer opens it again."});
  link.thanks = texts.words("thanks", {});
  link.leave = texts.words("leave", {"case.number"});
  link.write = texts.words("write", {});
  link.too_long = texts.words("too_long", {});
  link.too_many = texts.words("too_many", {});
  link.not_stored = texts.words("not_stored", {});
  link.unknown = texts.words("unknown", {});
  link.help = texts.words("help", {});
  return link;
}

core::HouseTexts read_texts(const Setting& map, Mentions& mentions, Errors& errors) {
  core::HouseTexts house;
  TextsReader texts(map, mentions, errors);
  house.refused = texts.words("refused", {"what", "why", "case.number"});
  house.unknown_command =
      texts.words("unknown_command", {"command", "nearest", "possible", "activity"});
  house.did_you_mean = texts.words("did_you_mean", {"near", "command"});
  house.not_now = texts.words("not_now", {"command", "activity", "possible"});
  house.need = texts.words("need", {"need"});
  house.help = texts.words("help", {"activity", "possible", "others"});
  house.not_yours =
      texts.words_or("not_yours", {"command", "roles", "activity", "possible"}, kNotYours);
  house.gone = texts.words("gone", {"ticket", "why"});
  house.stranger = texts.words_or("stranger", {"who", "system", "said"}, kStranger);
  house.nothing = texts.words("nothing", {});
  house.no_number = texts.words_or("no_number", {}, kNoNumber);
  house.missing = texts.words("missing", {"missing"});
  house.deadline_near = texts.words("deadline_near", {"activity", "due", "ball"});
  house.deadline_over = texts.words("deadline_over", {"activity", "due", "ball"});
  house.deviation = texts.words("deviation", {"how", "activity"});
  house.unknown_status = texts.words_or("unknown_status", {"status", "known"}, kUnknownStatus);
  house.loop = texts.words_or("loop", {"field", "system", "case.number"}, kLoop);
  house.conflict = texts.words_or("conflict", {"field", "kept", "winner", "lost"}, kConflict);
  house.copy = texts.words_or("copy", {"original", "fields"}, kCopy);
  house.not_a_word = texts.words_or("not_a_word", {"field", "value", "known"}, kNotAWord);
  house.undoable = texts.words_or("undoable", {"what", "why"}, kUndoable);
  house.no_party = texts.words_or("no_party", {"party"}, kNoParty);
  house.lost_ticket = texts.words_or("lost_ticket", {"system"}, kLostTicket);
  house.confidential = texts.words_or("confidential", {}, kConfidential);
  house.not_adopted = texts.words_or("not_adopted", {"number", "system"}, kNotAdopted);
  house.unseen = texts.words_or("unseen", {"what", "system"}, kUnseen);
  house.files = texts.words_or("files", {"from", "files"}, kFiles);
  house.files_by_link = texts.words_or("files_by_link", {"from", "files", "link"}, kFilesByLink);
  house.files_not_sent =
      texts.words_or("files_not_sent", {"from", "files", "system", "why"}, kFilesLeftOut);
  house.untitled = texts.words_or("untitled", {"reporter"}, kUntitled);
  house.acted_by_link = texts.words_or("acted_by_link", {"who", "answer", "said"}, kActedByLink);
  house.acted_elsewhere =
      texts.words_or("acted_elsewhere", {"who", "answer", "said", "system"}, kActedElsewhere);
  house.unawaited_by_link =
      texts.words_or("unawaited_by_link", {"who", "answer", "said", "activity"}, kUnawaited);
  house.taken_back = texts.words_or("taken_back", {"how", "why"}, kTakenBack);
  house.not_allowed = texts.words_or("not_allowed", {"activity"}, kNotAllowed);
  house.too_late = texts.words_or("too_late", {"command", "activity"}, kTooLate);
  house.this_ticket = texts.words_or("this_ticket", {}, {"Denne saken", "This ticket"});
  static const Values kNote{"case.number", "process", "status",           "activity", "ball",
                            "since",       "numbers", "question",         "possible", "missing",
                            "deviation",   "stuck",   "receipts.missing", "facts"};
  house.note = texts.words("note", kNote);
  house.note_outside = texts.words("note_outside", kNote);
  return house;
}

}  // namespace

core::HouseTexts read_house(const Setting& file, Mentions& mentions, Errors& errors) {
  core::HouseTexts house;
  SettingsReader reader(file);
  if (const Setting* texts = reader.map("texts")) {
    house = read_texts(*texts, mentions, errors);
  } else {
    reader.error("\"texts\" is missing");
  }
  if (const Setting* page = reader.map("link_page")) {
    house.link = read_link_page(*page, mentions, errors);
  }
  add_errors_of(reader, errors);
  return house;
}

}  // namespace saksbro::load
