// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/contract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>

namespace kevent::support {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Told event(std::uint64_t sequence) {
  return {.sequence = sequence};
}

// A log that answers two events at a time.
struct FakeLog {
  std::optional<Page> read(std::uint64_t after) const {
    if (!answers) {
      return std::nullopt;
    }
    Page page{.oldest = oldest, .next = after > last ? last : after, .log = id};
    for (std::uint64_t sequence = std::max(after + 1, oldest);
         sequence <= last && page.events.size() < 2; ++sequence) {
      page.events.push_back(event(sequence));
      page.next = sequence;
    }
    return page;
  }

  bool answers = true;
  std::uint64_t oldest = 1;
  std::uint64_t last = 0;
  std::string id = "first";
};

struct Client {
  FakeLog log;
  std::vector<std::uint64_t> handed_out;
  Contract contract{[this](std::uint64_t after) { return log.read(after); },
                    [this](const Told& told) { handed_out.push_back(told.sequence); }};
};

TEST(Contract, HandsOutWhatTheLogHoldsInOrder) {
  Client client;
  client.log.last = 5;
  client.contract.settle();
  EXPECT_THAT(client.handed_out, ElementsAre(1, 2, 3, 4, 5));  // C1
}

TEST(Contract, DropsSignalsThatTheLogHasTold) {
  Client client;
  client.log.last = 3;
  client.contract.live(event(2));
  client.contract.live(event(3));
  client.contract.live(event(4));
  client.contract.settle();
  EXPECT_THAT(client.handed_out, ElementsAre(1, 2, 3, 4));  // C2
}

TEST(Contract, AsksAgainAtAGap) {
  Client client;
  client.contract.settle();
  client.log.last = 4;
  client.contract.live(event(1));
  client.contract.live(event(4));
  client.contract.settle();
  EXPECT_THAT(client.handed_out, ElementsAre(1, 2, 3, 4));  // C3
}

TEST(Contract, AsksAgainWhenTheOwnerChanges) {
  Client client;
  client.contract.settle();
  client.log.last = 2;
  client.contract.owner_changed();
  client.contract.settle();
  EXPECT_THAT(client.handed_out, ElementsAre(1, 2));  // C3
}

TEST(Contract, HandsOutWhatItHoldsBeforeTheOwnerChanges) {
  Client client;
  client.contract.settle();
  client.contract.live(event(1));
  client.log.oldest = 2;
  client.log.last = 2;
  client.contract.owner_changed();
  client.contract.settle();
  EXPECT_THAT(client.handed_out, ElementsAre(1, 2));  // C1
}

TEST(Contract, WaitsWhileTheServiceDoesNotAnswer) {
  Client client;
  client.log.answers = false;
  client.contract.live(event(1));
  EXPECT_FALSE(client.contract.settle());
  EXPECT_THAT(client.handed_out, IsEmpty());  // C2
}

TEST(Contract, StartsAnewWithAnotherLog) {
  Client client;
  client.log.last = 3;
  client.contract.settle();
  client.log = {.last = 1, .id = "second"};
  client.contract.owner_changed();
  client.contract.settle();
  EXPECT_THAT(client.handed_out, ElementsAre(1, 2, 3, 1));  // C4
  EXPECT_EQ(client.contract.logs(), 2);
}

TEST(Contract, CountsWhatTheLogNoLongerHolds) {
  Client client;
  client.log.last = 1;
  client.contract.settle();
  client.log.oldest = 5;
  client.log.last = 6;
  client.contract.owner_changed();
  client.contract.settle();
  EXPECT_THAT(client.handed_out, ElementsAre(1, 5, 6));
  EXPECT_EQ(client.contract.forgotten(), 3);  // C5
}

}  // namespace
}  // namespace kevent::support
