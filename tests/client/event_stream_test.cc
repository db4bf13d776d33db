// SPDX-License-Identifier: LGPL-2.1-or-later
// The D-Bus half of the client library against a stand-in for the service, on a private bus.
#include "lib/client/event_stream.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sdbus-c++/sdbus-c++.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <functional>

#include "lib/base/file_descriptor.h"
#include "lib/client/names.h"
#include "tests/client/stand_in_service.h"
#include "tests/support/eventually.h"
#include "tests/support/private_bus.h"

namespace kevent::client {
namespace {

using test::loop_event;
using test::StandInService;
using ::testing::ElementsAre;

class EventStreamAgainstAStandInService : public ::testing::Test {
 protected:
  // Handles messages until the predicate holds; collects what came out meanwhile.
  bool follow(EventStream& stream, const std::function<bool()>& predicate) {
    const auto deadline = support::within(support::kPatience);
    while (true) {
      for (Item& item : stream.dispatch()) items_.push_back(std::move(item));
      if (predicate()) return true;
      const auto left = deadline - std::chrono::steady_clock::now();
      if (left <= left.zero()) return false;
      stream.wait(std::min(std::chrono::milliseconds(50),
                           std::chrono::ceil<std::chrono::milliseconds>(left)));
    }
  }

  bool follow_to(EventStream& stream, std::size_t items) {
    return follow(stream, [&] { return items_.size() >= items; });
  }

  // Waits until the stream follows live: then nothing in the log is told any more.
  void reach_live(EventStream& stream) {
    const std::uint64_t last = service_.happen(loop_event("reach_live"));
    ASSERT_TRUE(follow(stream, [&] {
      const auto* event = items_.empty() ? nullptr : std::get_if<event::Event>(&items_.back());
      return event != nullptr && event->sequence == last;
    }));
    items_.clear();
  }

  std::vector<std::uint64_t> sequences() const {
    std::vector<std::uint64_t> result;
    for (const Item& item : items_) {
      const auto* event = std::get_if<event::Event>(&item);
      result.push_back(event == nullptr ? 0 : event->sequence);
    }
    return result;
  }

  // A signal that looks like the service's, addressed to us by somebody else.
  void forge_event(std::uint64_t sequence) {
    const auto object = sdbus::createObject(*forger_, "/org/kernel/devices/forged");
    auto signal = object->createSignal("org.kernel.Events1.Hotplug", "forged");
    signal << sequence << std::uint64_t{1} << std::uint8_t{6}
           << std::map<std::string, sdbus::Variant>{};
    deliver(std::move(signal));
  }

  void forge_owner_change() {
    const auto object = sdbus::createObject(*forger_, "/org/freedesktop/DBus");
    auto signal = object->createSignal("org.freedesktop.DBus", "NameOwnerChanged");
    signal << std::string(kServiceName) << service_.unique_name() << std::string();
    deliver(std::move(signal));
  }

  void deliver(sdbus::Signal signal) {
    signal.setDestination(client_.connection().getUniqueName());
    signal.send();
    // The bus answers in order: with the answer, the signal has been delivered.
    const auto driver =
        sdbus::createProxy(*forger_, "org.freedesktop.DBus", "/org/freedesktop/DBus");
    auto call = driver->createMethodCall("org.freedesktop.DBus.Peer", "Ping");
    driver->callMethod(call);
  }

  support::PrivateBus bus_;
  StandInService service_{bus_.address()};
  BusClient client_{bus_.address()};
  std::unique_ptr<sdbus::IConnection> forger_ =
      sdbus::createSessionBusConnectionWithAddress(bus_.address());
  std::vector<Item> items_;
};

TEST_F(EventStreamAgainstAStandInService, ReadsEveryPartOfAnEvent) {
  event::Event sent = loop_event("mount", event::Group::kFs);
  sent.priority = event::priority::kNotice;
  sent.details.set(event::key::kSynthesized, true);
  sent.details.set(event::key::kTemperature, std::int32_t{-5});
  sent.details.set(event::key::kMounts, std::uint32_t{2});
  sent.details.set(event::key::kSize, std::uint64_t{1} << 40);
  sent.details.set(event::key::kMountPoint, std::string("/mnt"));
  sent.details.set(event::key::kDeviceNumber, event::DeviceNumber{7, 1});
  sent.details.set(event::key::kUevent, event::Environment{{"ACTION", "add"}});
  sent.details.set("MountPointBytes", event::Bytes{1, 255});
  Follower follower = Follower::since(0);
  EventStream stream(client_, follower);
  sent.sequence = service_.happen(sent);
  ASSERT_TRUE(follow_to(stream, 1));
  auto got = std::get<event::Event>(items_.front());
  // D-Bus gives the keys in another order.
  for (const auto& [key, value] : sent.details.entries()) {
    const event::Value* other = got.details.find(key);
    ASSERT_NE(other, nullptr) << key;
    EXPECT_EQ(*other, value) << key;
  }
  EXPECT_EQ(got.details.entries().size(), sent.details.entries().size());
  got.details = sent.details;
  EXPECT_EQ(got, sent);
}

TEST_F(EventStreamAgainstAStandInService, ReadsTheSameFromASignalAndFromTheLog) {
  Follower follower = Follower::since(0);
  EventStream stream(client_, follower);
  event::Event odd = loop_event("9-lives of\xc3\xa9");
  odd.object = "/devices/0000:00:1f.2/host_0";
  service_.happen(odd);
  ASSERT_TRUE(follow_to(stream, 1));
  Follower anew = Follower::since(0);
  EventStream later(client_, anew);
  ASSERT_TRUE(follow_to(later, 2));
  EXPECT_EQ(items_[0], items_[1]);
  EXPECT_EQ(std::get<event::Event>(items_[0]).signal, odd.signal);
}

TEST_F(EventStreamAgainstAStandInService, StartsNow) {
  service_.happen(loop_event("before"));
  Follower follower = Follower::from_now();
  EventStream stream(client_, follower);
  ASSERT_TRUE(follow(stream, [&] { return service_.questions() > 0; }));
  const int asked = service_.questions();
  service_.happen(loop_event("after"));
  ASSERT_TRUE(follow_to(stream, 1));
  EXPECT_THAT(sequences(), ElementsAre(2));
  EXPECT_EQ(service_.questions(), asked);
}

TEST_F(EventStreamAgainstAStandInService, ReplaysTheLogAnswerByAnswer) {
  service_.limit_answers(2);
  for (int i = 0; i < 5; ++i) service_.happen(loop_event("add"));
  Follower follower = Follower::since(1);
  EventStream stream(client_, follower);
  ASSERT_TRUE(follow_to(stream, 4));
  EXPECT_THAT(sequences(), ElementsAre(2, 3, 4, 5));
}

TEST_F(EventStreamAgainstAStandInService, MendsAGap) {
  Follower follower = Follower::since(0);
  EventStream stream(client_, follower);
  reach_live(stream);
  service_.happen_unheard(loop_event("unheard"));
  service_.happen(loop_event("heard"));
  ASSERT_TRUE(follow_to(stream, 2));
  EXPECT_THAT(sequences(), ElementsAre(2, 3));
}

TEST_F(EventStreamAgainstAStandInService, DropsWhatIsSentAgain) {
  Follower follower = Follower::since(0);
  EventStream stream(client_, follower);
  reach_live(stream);
  service_.send(1);
  service_.happen(loop_event("add"));
  ASSERT_TRUE(follow_to(stream, 1));
  EXPECT_THAT(sequences(), ElementsAre(2));
}

TEST_F(EventStreamAgainstAStandInService, TellsWhatWasOverwritten) {
  for (int i = 0; i < 5; ++i) service_.happen(loop_event("add"));
  service_.forget(3);
  Follower follower = Follower::since(1);
  EventStream stream(client_, follower);
  ASSERT_TRUE(follow_to(stream, 3));
  EXPECT_EQ(std::get<Overwritten>(items_.front()).count, 2U);
}

TEST_F(EventStreamAgainstAStandInService, LivesThroughARestart) {
  Follower follower = Follower::since(0);
  EventStream stream(client_, follower);
  reach_live(stream);
  service_.stop();
  service_.happen_unheard(loop_event("while_away"));
  ASSERT_TRUE(follow(stream, [&] { return !stream.service_present(); }));
  service_.start();
  service_.send(1);
  service_.happen(loop_event("after"));
  ASSERT_TRUE(follow_to(stream, 2));
  EXPECT_THAT(sequences(), ElementsAre(2, 3));
  EXPECT_TRUE(stream.service_present());
}

TEST_F(EventStreamAgainstAStandInService, StartsAgainInANewLog) {
  Follower follower = Follower::since(0);
  EventStream stream(client_, follower);
  reach_live(stream);
  service_.stop();
  service_.start_with_new_log(std::string(32, 'b'));
  service_.happen(loop_event("first"));
  ASSERT_TRUE(follow_to(stream, 2));
  EXPECT_TRUE(std::holds_alternative<NewLog>(items_[0]));
  EXPECT_EQ(std::get<event::Event>(items_[1]).signal, "first");
}

// A bus delivers a signal to whom it is addressed, whoever sends it, and match rules have no say.
TEST_F(EventStreamAgainstAStandInService, TakesNoEventFromAnybodyElse) {
  Follower follower = Follower::since(0);
  EventStream stream(client_, follower);
  reach_live(stream);
  forge_event(2);
  service_.happen(loop_event("genuine"));
  ASSERT_TRUE(follow_to(stream, 1));
  EXPECT_EQ(std::get<event::Event>(items_.front()).signal, "genuine");
}

TEST_F(EventStreamAgainstAStandInService, BelievesTheBusAloneAboutTheOwner) {
  Follower follower = Follower::since(0);
  EventStream stream(client_, follower);
  reach_live(stream);
  forge_owner_change();
  service_.happen(loop_event("genuine"));
  ASSERT_TRUE(follow_to(stream, 1));
  EXPECT_TRUE(stream.service_present());
}

TEST_F(EventStreamAgainstAStandInService, TakesNoMalformedSignal) {
  Follower follower = Follower::since(0);
  EventStream stream(client_, follower);
  reach_live(stream);
  service_.send_malformed();
  service_.happen(loop_event("add"));
  ASSERT_TRUE(follow_to(stream, 1));
  EXPECT_THAT(sequences(), ElementsAre(2));
}

TEST_F(EventStreamAgainstAStandInService, AsksTheNextServiceWhatTheLastOneLeftUnanswered) {
  service_.hang(true);
  service_.happen(loop_event("add"));
  Follower follower = Follower::since(0);
  EventStream stream(client_, follower);
  ASSERT_TRUE(follow(stream, [&] { return service_.questions() > 0; }));
  service_.stop();
  service_.hang(false);
  service_.start();
  ASSERT_TRUE(follow_to(stream, 1));
  EXPECT_THAT(sequences(), ElementsAre(1));
}

TEST_F(EventStreamAgainstAStandInService, AsksAServiceAgainThatWasTooSlow) {
  service_.refuse("org.freedesktop.DBus.Error.NoReply");
  service_.happen(loop_event("add"));
  Follower follower = Follower::since(0);
  EventStream stream(client_, follower);
  ASSERT_TRUE(follow(stream, [&] { return service_.questions() > 1; }));
  service_.refuse("");
  ASSERT_TRUE(follow_to(stream, 1));
  EXPECT_THAT(sequences(), ElementsAre(1));
}

TEST_F(EventStreamAgainstAStandInService, FailsWhenTheServiceRefuses) {
  service_.refuse("org.freedesktop.DBus.Error.AccessDenied");
  Follower follower = Follower::since(0);
  EventStream stream(client_, follower);
  try {
    follow(stream, [] { return false; });
    FAIL() << "nothing was refused";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), Failure::Kind::kRefused);
  }
}

TEST_F(EventStreamAgainstAStandInService, FailsWhenTheBusIsGone) {
  Follower follower = Follower::since(0);
  EventStream stream(client_, follower);
  reach_live(stream);
  bus_.stop();
  try {
    follow(stream, [] { return false; });
    FAIL() << "the bus is gone";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), Failure::Kind::kNoBus);
  }
}

TEST_F(EventStreamAgainstAStandInService, FailsWhenTheServiceIsNotThere) {
  service_.stop();
  try {
    Follower follower = Follower::since(0);
    EventStream stream(client_, follower);
    FAIL() << "there is no service";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), Failure::Kind::kNoService);
  }
}

TEST_F(EventStreamAgainstAStandInService, WakesUpForOtherDescriptors) {
  Follower follower = Follower::since(0);
  EventStream stream(client_, follower);
  reach_live(stream);
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  const base::FileDescriptor reader(ends[0]);
  const base::FileDescriptor writer(ends[1]);
  ASSERT_EQ(::write(writer.get(), "x", 1), 1);
  std::array<pollfd, 1> others = {{{.fd = reader.get(), .events = POLLIN, .revents = 0}}};
  stream.wait(std::nullopt, others);
  EXPECT_EQ(others[0].revents, POLLIN);
}

}  // namespace
}  // namespace kevent::client
