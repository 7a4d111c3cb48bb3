// Mails come without a subject, and RT's tickets without one; no tracker opens a ticket without.
#include <gtest/gtest.h>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

const SystemName kInbox{"innboks"};

std::string title_at_the_desk(const std::string& title, const std::string& text) {
  Play play;
  play.registers(kInbox, "per@ude.example.no", title, text, {{"sender", "per@ude.example.no"}});
  play.sees(kInbox);
  for (const Issued& issued : play.waiting()) {
    const auto* create = std::get_if<CreateTicket>(&issued.command.action);
    if (create != nullptr && issued.command.to == kDesk) return create->title;
  }
  return "no ticket";
}

TEST(MadeTitle, IsTheWritersOwnWhereThereIsOne) {
  EXPECT_EQ(title_at_the_desk("Faktura", "Den feiler."), "Faktura");
}

TEST(MadeTitle, IsTheFirstWordsWhereNobodyWroteOne) {
  for (const char* blank : {"", " ", "\u00A0", "\u200B"}) {
    EXPECT_EQ(title_at_the_desk(blank, "\nFaktura 4711 lar seg ikke godkjenne.\nHilsen Per"),
              "Faktura 4711 lar seg ikke godkjenne.");
  }
  EXPECT_EQ(title_at_the_desk("", "Hei!\nDen feiler."), "Hei!");
  EXPECT_EQ(title_at_the_desk("", "Kari skrev:\n> Si ifra.\nDen feiler."), "Den feiler.");
}

TEST(MadeTitle, IsCutBetweenWords) {
  EXPECT_EQ(title_at_the_desk("",
                              "Når jeg åpner fakturaen og så velger å skrive den ut på "
                              "skriveren i tredje etasje, stopper alt."),
            "Når jeg åpner fakturaen og så velger å skrive den ut på skriveren i tredje…");
}

TEST(MadeTitle, IsOfTheQuotationWhereThereIsNothingElse) {
  EXPECT_EQ(title_at_the_desk("", "> Den feiler.\n> Hilsen Per"), "Den feiler.");
}

TEST(MadeTitle, NamesTheSenderWhereThereIsNotAWord) {
  const std::string title = title_at_the_desk("", "📎 skjerm.png");
  EXPECT_EQ(title.substr(0, 16), "(uten emne) fra ");
  EXPECT_GT(title.size(), 16U);
}

}  // namespace
}  // namespace saksbro::core
