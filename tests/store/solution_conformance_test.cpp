// Known solutions: which cases are, who may see them, and that any words may be asked.
#include <gmock/gmock.h>

#include "tests/store/conformance.h"

namespace saksbro::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const CaseNumber kThird{"SAK-2026-00003"};
const SolutionSource kSource{"løsning", "virksomhet", {core::Status{"LØST"}}};

class SolutionsOf : public Conformance {
 protected:
  SolutionsOf() { must(store().keep_solutions(kSource)); }

  struct Told {
    std::string title;
    std::string text;
    std::string solution;
    std::string organisation = "Bydel Frogner";
  };
  void solve(const CaseNumber& number, const Told& told) {
    append(number, {core::ValueKept{"title", told.title}, core::ValueKept{"text", told.text},
                    core::ValueKept{"løsning", told.solution},
                    core::ValueKept{"virksomhet", told.organisation},
                    core::StatusChanged{core::Status{"LØST"}}});
  }
  void solve_invoice(const CaseNumber& number = kFirst,
                     const std::string& organisation = "Bydel Frogner") {
    solve(number, {"Faktura uten attestant", "Fakturaen ligger hos en som har sluttet",
                   "Sett inn en stedfortreder", organisation});
  }

  std::vector<std::string> asked(const std::string& query,
                                 const std::optional<std::string>& organisation = std::nullopt,
                                 int most = 10) {
    return numbers(must(look()->solutions().asked(query, organisation, most)));
  }
  std::vector<std::string> similar(const std::string& text, const std::string& organisation,
                                   bool across, int most = 5) {
    return numbers(must(look()->solutions().similar(text, organisation, across, most)));
  }
  static std::vector<std::string> numbers(const std::vector<core::SimilarCase>& found) {
    std::vector<std::string> all;
    for (const core::SimilarCase& one : found) all.push_back(one.number.text());
    return all;
  }
};

TEST_P(SolutionsOf, ASolvedCaseIsFoundWithAllThatIsToldOfIt) {
  solve_invoice();
  EXPECT_THAT(must(look()->solutions().asked("faktura", std::nullopt, 10)),
              ElementsAre(core::SimilarCase{kFirst, "Faktura uten attestant",
                                            "Sett inn en stedfortreder", "Bydel Frogner"}));
}

TEST_P(SolutionsOf, AnEnglishCaseIsFoundByOtherFormsOfItsWords) {
  solve(kFirst, {"Invoices are not approved", "The approval hangs", "Restart the connector"});
  for (const char* query : {"invoice", "approving", "approve invoices", "connectors"})
    EXPECT_THAT(asked(query), ElementsAre(kFirst.text())) << query;
}

TEST_P(SolutionsOf, TitleTextAndSolutionAreSearchedAndTheTitleCountsMost) {
  solve(kFirst, {"Skriver", "Papir", "Faktura"});
  solve(kSecond, {"Faktura", "Skjerm", "Omstart"});
  solve(kThird, {"Tastatur", "Faktura", "Kabel"});
  EXPECT_THAT(asked("faktura"), ElementsAre(kSecond.text(), kThird.text(), kFirst.text()));
}

TEST_P(SolutionsOf, ACaseWithoutASolutionIsNone) {
  solve(kFirst, {"Faktura", "Faktura", ""});
  EXPECT_THAT(asked("faktura"), IsEmpty());
}

TEST_P(SolutionsOf, ASolutionStandsOnlyInTheStatusesOfTheSource) {
  solve_invoice();
  append(kFirst, {core::StatusChanged{core::Status{"UNDER ARBEID"}}});
  EXPECT_THAT(asked("faktura"), IsEmpty()) << "reopened";
  append(kFirst, {core::StatusChanged{core::Status{"LØST"}}});
  EXPECT_THAT(asked("faktura"), ElementsAre(kFirst.text())) << "solved again";
}

TEST_P(SolutionsOf, AClosedCaseStandsWhateverItsStatus) {
  solve_invoice();
  append(kFirst, {core::StatusChanged{core::Status{"LUKKET"}}, core::CaseClosed{}});
  EXPECT_THAT(asked("faktura"), ElementsAre(kFirst.text()));
}

TEST_P(SolutionsOf, AChangedSolutionIsToldAndFoundAsItIsNow) {
  solve_invoice();
  append(kFirst, {core::ValueKept{"løsning", "Start arbeidsflyten på nytt"}});
  EXPECT_EQ(must(look()->solutions().asked("faktura", std::nullopt, 1)).at(0).solution,
            "Start arbeidsflyten på nytt");
  EXPECT_THAT(asked("arbeidsflyt"), ElementsAre(kFirst.text()));
  EXPECT_THAT(asked("stedfortreder"), IsEmpty());
}

TEST_P(SolutionsOf, ASolutionThatIsTakenBackIsForgotten) {
  solve_invoice();
  append(kFirst, {core::ValueKept{"løsning", ""}});
  EXPECT_THAT(asked("faktura"), IsEmpty());
}

TEST_P(SolutionsOf, WhatIsRolledBackIsNotKnown) {
  {
    auto tx = must(store().begin());
    core::Case one;
    one.number = kFirst;
    one.closed = true;
    one.values = {{"title", "Faktura"}, {"løsning", "Omstart"}};
    must(tx->cases().append(one, 1, kNoon, {}));
    EXPECT_TRUE(must(tx->cases().find(kFirst)));
  }
  EXPECT_THAT(asked("faktura"), IsEmpty());
}

TEST_P(SolutionsOf, AreOnDiskWithTheirSource) {
  solve_invoice();
  reopen();
  EXPECT_THAT(asked("faktura"), ElementsAre(kFirst.text()));
  append(kFirst, {core::StatusChanged{core::Status{"NY"}}});
  EXPECT_THAT(asked("faktura"), IsEmpty()) << "the source is known without being told again";
}

// --- organisations

TEST_P(SolutionsOf, OfAnotherOrganisationAreNeverGivenToOne) {
  solve_invoice(kFirst, "Bydel Frogner");
  solve_invoice(kSecond, "Bydel Sagene");
  solve_invoice(kThird, "");
  EXPECT_THAT(asked("faktura", "Bydel Sagene"), ElementsAre(kSecond.text()));
  EXPECT_THAT(asked("faktura", "bydel sagene"), IsEmpty()) << "names are compared as they are";
  EXPECT_THAT(similar("Faktura uten attestant", "Bydel Sagene", false),
              ElementsAre(kSecond.text()));
}

TEST_P(SolutionsOf, OwnComeBeforeOthersWhenOthersMayBeShown) {
  solve(kFirst, {"Faktura uten attestant på fredag", "", "Vent", "Bydel Frogner"});
  solve(kSecond, {"Faktura uten attestant", "", "Vent", "Bydel Sagene"});
  EXPECT_THAT(similar("Faktura uten attestant", "Bydel Frogner", true),
              ElementsAre(kFirst.text(), kSecond.text()));
  EXPECT_THAT(similar("Faktura uten attestant", "Bydel Frogner", true, 1),
              ElementsAre(kFirst.text()));
}

TEST_P(SolutionsOf, AGoodOneElsewhereHidesNoneOfOnesOwn) {
  solve(kFirst, {"Attestant mangler", "Faktura", "Vent", "Bydel Frogner"});
  solve(kSecond, {"Faktura mangler attestant", "Faktura mangler attestant", "Vent", "Sagene"});
  EXPECT_THAT(asked("faktura mangler attestant", "Bydel Frogner"), ElementsAre(kFirst.text()));
}

TEST_P(SolutionsOf, ManyNewerOnesElsewhereHideNoneOfOnesOwn) {
  solve_invoice(kFirst, "Bydel Frogner");
  write([&](Transaction& tx) {
    for (int number = 1000; number < 2500; ++number) {
      core::Case one;
      one.number = CaseNumber{"SAK-2026-0" + std::to_string(number)};
      one.closed = true;
      one.values = {
          {"title", "Faktura uten attestant"}, {"løsning", "x"}, {"virksomhet", "Sagene"}};
      must(tx.cases().append(one, 1, kNoon, {}));
    }
  });
  EXPECT_THAT(asked("faktura", "Bydel Frogner"), ElementsAre(kFirst.text()));
  EXPECT_EQ(similar("Faktura uten attestant", "Bydel Frogner", true).at(0), kFirst.text());
}

TEST_P(SolutionsOf, ACaseOfNobodyKnownSeesNoOthers) {
  solve_invoice(kFirst, "");
  EXPECT_THAT(similar("Faktura uten attestant", "", false), IsEmpty());
  EXPECT_THAT(similar("Faktura uten attestant", "", true), ElementsAre(kFirst.text()));
}

TEST_P(SolutionsOf, AHouseWithoutOrganisationsIsOne) {
  must(store().keep_solutions({"løsning", "", {core::Status{"LØST"}}}));
  solve_invoice(kFirst, "Bydel Frogner");
  EXPECT_THAT(similar("Faktura uten attestant", "", false), ElementsAre(kFirst.text()));
}

// --- what is suggested unasked must be good

TEST_P(SolutionsOf, NothingIsSuggestedRatherThanAPoorOne) {
  solve_invoice();
  EXPECT_THAT(similar("Faktura for leasing av bil\nNår kommer den nye bilen?", "", true),
              IsEmpty());
  EXPECT_THAT(asked("faktura leasing bil"), ElementsAre(kFirst.text())) << "who asks may look";
}

TEST_P(SolutionsOf, AsManyAreGivenAsAskedFor) {
  for (const CaseNumber& number : {kFirst, kSecond, kThird}) solve_invoice(number);
  EXPECT_THAT(asked("faktura", std::nullopt, 2), ElementsAre(kThird.text(), kSecond.text()))
      << "alike: the newest first";
  EXPECT_THAT(asked("faktura", std::nullopt, 0), IsEmpty());
  EXPECT_THAT(asked("faktura", std::nullopt, -1), IsEmpty());
}

// --- any words may be asked

TEST_P(SolutionsOf, QueriesArePlainWordsWhateverSignsTheyHave) {
  solve_invoice();
  for (const char* query :
       {"\"faktura", "faktura*", "^faktura", "title:faktura", "faktura)", "-faktura", "{faktura}",
        "NOT faktura", "faktura AND", "NEAR(faktura, 2)", "faktura' OR 1=1 --", "fak\xC2\xADtura",
        "FAKTURA\n", "faktura\xFF", "+faktura + attestant"}) {
    EXPECT_THAT(asked(query), ElementsAre(kFirst.text())) << query;
  }
}

TEST_P(SolutionsOf, AQueryThatSaysNothingFindsNothing) {
  solve_invoice();
  for (const std::string& query :
       {std::string(), std::string("  \t\n"), std::string("\"\""), std::string("*"),
        std::string("( ) : ^ { } - +"), std::string("og i det"), std::string("x"),
        std::string("\xFF\xFE\xC3"), std::string(3, '\0'), std::string("😀"), std::string("qqqqqq"),
        std::string(100'000, 'a'), std::string(100'000, '"'), std::string("%_%")}) {
    EXPECT_THAT(asked(query), IsEmpty()) << query.substr(0, 20);
    EXPECT_THAT(similar(query, "Bydel Frogner", true), IsEmpty()) << query.substr(0, 20);
  }
}

TEST_P(SolutionsOf, ALongTextIsAskedAsWell) {
  solve_invoice();
  std::string text = "Faktura uten attestant\n";
  for (int i = 0; i < 20'000; ++i) text += "ord" + std::to_string(i) + " ";
  EXPECT_THAT(similar(text, "Bydel Frogner", false), ElementsAre(kFirst.text()));
}

// --- compounds

TEST_P(SolutionsOf, CompoundsAreFoundByTheirPartsAndPartsByTheCompound) {
  solve(kFirst, {"Fakturagodkjenningen henger", "", "Omstart"});
  solve(kSecond, {"Godkjenning av faktura", "", "Omstart"});
  solve(kThird, {"Ny saksbehandler på sak", "En behandler mangler", "Rolle"});
  const auto both = testing::UnorderedElementsAre(kFirst.text(), kSecond.text());
  for (const char* query :
       {"faktura", "godkjenning", "godkjenne", "fakturagodkjenning", "faktura godkjenning"})
    EXPECT_THAT(asked(query), both) << query;
  for (const char* query : {"saksbehandlere", "behandler sak", "sakbehandler"})
    EXPECT_THAT(asked(query), ElementsAre(kThird.text())) << query;
}

// --- where they come from

TEST_P(SolutionsOf, TheCasesAtHandAreGatheredWhenTheSourceChanges) {
  append(kFirst, {core::ValueKept{"title", "Faktura"}, core::ValueKept{"svar", "Omstart"},
                  core::ValueKept{"etat", "Vann"}, core::CaseClosed{}});
  EXPECT_THAT(asked("faktura"), IsEmpty());
  must(store().keep_solutions({"svar", "etat", {}}));
  EXPECT_THAT(asked("faktura", "Vann"), ElementsAre(kFirst.text()));
  must(store().keep_solutions(kSource));
  EXPECT_THAT(asked("faktura"), IsEmpty());
}

TEST_P(SolutionsOf, AStoreThatWasToldNoSourceKeepsNone) {
  must(store().keep_solutions({}));
  solve_invoice();
  append(kFirst, {core::CaseClosed{}});
  EXPECT_THAT(asked("faktura"), IsEmpty());
}

// Whatever happened on the way: the words of a case that is forgotten tip no scale.
TEST_P(SolutionsOf, GatheredAnewOrAsTheyCameTheyAreTheSame) {
  solve_invoice(kFirst);
  solve(kSecond, {"Fakturagodkjenning", "Henger", "Omstart"});
  solve(kThird, {"Leverandørfaktura", "Mangler", "Sendes på nytt"});
  append(kSecond, {core::ValueKept{"løsning", "Stedfortreder"}});
  append(kThird, {core::StatusChanged{core::Status{"NY"}}});
  const auto all = [&] {
    std::vector<std::vector<std::string>> answers;
    for (const char* query : {"faktura", "leverandør", "stedfortreder", "omstart", "godkjenning"})
      answers.push_back(asked(query));
    return answers;
  };
  const auto as_they_came = all();
  must(store().keep_solutions({}));
  must(store().keep_solutions(kSource));
  EXPECT_EQ(all(), as_they_came);
}

SAKSBRO_EVERY_STORE(SolutionsOf);

}  // namespace
}  // namespace saksbro::store
