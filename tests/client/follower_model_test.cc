// SPDX-License-Identifier: LGPL-2.1-or-later
// The Follower against a model: a service with a small wraparound log that restarts, re-sends, goes
// away and gets a new log, a bus that keeps the order but may swallow a signal, and a client that
// asks at any time. Whatever the schedule, what comes out must be the log: each sequence once, in
// order, and those that were overwritten counted.
#include <gtest/gtest.h>

#include <deque>
#include <optional>
#include <random>
#include <string>
#include <variant>

#include "lib/client/follower.h"

namespace kevent::client {
namespace {

constexpr std::size_t kCapacity = 12;  // events in the log
constexpr std::size_t kAnswer = 3;     // events in an answer
constexpr std::size_t kMostHeld = 8;
constexpr int kSchedules = 2000;
constexpr int kSteps = 300;

// Who owns the service's name: a number that is never used again, as a unique name; 0: nobody.
struct OwnerChange {
  int owner;
};
using Message = std::variant<event::Event, Answer, OwnerChange>;

// The service and the bus behind it: what it sends is in the channel, in order.
class Model {
 public:
  explicit Model(std::mt19937& random) : random_(random) {}

  void happen() {
    event::Event event;
    event.sequence = ++last_;
    event.time_us = generation_;  // so that an event of another log is seen as one
    log_.push_back(event);
    if (log_.size() > kCapacity) log_.pop_front();
  }

  // Sends the signal after the published mark; `lost`: the bus swallows it.
  void publish(bool lost) {
    if (owner_ == 0 || published_ >= last_) return;
    published_ = std::max(published_ + 1, oldest());
    if (!lost) channel_.push_back(log_[published_ - oldest()]);
  }

  // Ends. The published mark may be behind what was sent, so that it will be sent again.
  void end() {
    if (owner_ == 0) return;
    change_owner(0);
    published_ -= std::min<std::uint64_t>(published_, random_() % 4);
  }

  void start() {
    if (owner_ == 0) change_owner(next_owner_++);
  }

  // Another process takes the name over at once, and nobody is told. It has the same log: a new one
  // without a word about its owner is more than any bus does.
  void restart_unnoticed() {
    question_.reset();
    published_ -= std::min<std::uint64_t>(published_, random_() % 4);
  }

  // Under another name on the bus, while the old one was still there.
  void take_over() {
    if (owner_ != 0) change_owner(next_owner_++);
  }

  void replace_log() {
    end();
    log_.clear();
    ++generation_;
    last_ = 0;
    published_ = 0;
    start();
  }

  // A question to an owner that is gone is never answered.
  void ask(int owner, std::uint64_t after) {
    if (owner == owner_) question_ = after;
  }
  bool asked() const { return question_.has_value(); }

  void answer() {
    if (!question_) return;
    Answer answer{.oldest = oldest(), .next = std::min(*question_, last_), .log = log_id()};
    for (const event::Event& event : log_) {
      if (event.sequence <= *question_) continue;
      if (answer.events.size() == kAnswer) break;
      answer.events.push_back(event);
      answer.next = event.sequence;
    }
    if (answer.events.empty()) answer.next = last_;
    question_.reset();
    channel_.push_back(std::move(answer));
  }

  std::optional<Message> deliver() {
    if (channel_.empty()) return std::nullopt;
    Message message = std::move(channel_.front());
    channel_.pop_front();
    return message;
  }

  std::uint64_t oldest() const { return last_ - log_.size() + 1; }
  std::uint64_t last() const { return last_; }
  std::uint64_t published() const { return published_; }
  std::uint64_t generation() const { return generation_; }

 private:
  void change_owner(int owner) {
    owner_ = owner;
    question_.reset();
    channel_.push_back(OwnerChange{owner});
  }

  std::string log_id() const { return "log " + std::to_string(generation_); }

  std::mt19937& random_;
  std::deque<event::Event> log_;
  std::deque<Message> channel_;
  std::optional<std::uint64_t> question_;
  std::uint64_t last_ = 0;
  std::uint64_t published_ = 0;
  std::uint64_t generation_ = 1;
  int owner_ = 0;
  int next_owner_ = 1;
};

// Checks what comes out, item by item.
class Checker {
 public:
  explicit Checker(std::optional<std::uint64_t> position) : position_(position) {}

  // "From now" is what the first answer says that it is.
  void first_answer(const Answer& answer) {
    if (!position_) position_ = answer.next;
  }

  void check(const Item& item, const Model& model) {
    ASSERT_TRUE(position_.has_value()) << "came out before the first answer";
    if (const auto* event = std::get_if<event::Event>(&item)) {
      if (restarted_ || generation_ == 0) {
        ASSERT_GT(event->time_us, generation_);
        generation_ = event->time_us;
        restarted_ = false;
      }
      ASSERT_EQ(event->time_us, generation_) << "of another log";
      ASSERT_EQ(event->sequence, *position_ + 1);
      position_ = event->sequence;
      ++events_;
    } else if (const auto* overwritten = std::get_if<Overwritten>(&item)) {
      ASSERT_GT(overwritten->count, 0U);
      *position_ += overwritten->count;
      const bool of_this_log = !restarted_ && generation_ == model.generation();
      if (of_this_log) {
        ASSERT_LT(*position_, model.oldest()) << "is still in the log";
      }
      ++overwritten_;
    } else {
      position_ = 0;
      restarted_ = true;
      ++new_logs_;
    }
  }

  std::optional<std::uint64_t> position() const { return position_; }
  int events() const { return events_; }
  int overwritten() const { return overwritten_; }
  int new_logs() const { return new_logs_; }

 private:
  std::optional<std::uint64_t> position_;  // nothing: from now
  std::uint64_t generation_ = 0;
  bool restarted_ = false;
  int events_ = 0;
  int overwritten_ = 0;
  int new_logs_ = 0;
};

class Schedule {
 public:
  Schedule(unsigned seed, bool from_now)
      : random_(seed),
        model_(random_),
        follower_(from_now ? Follower::from_now(kMostHeld) : Follower::since(0, kMostHeld)),
        checker_(from_now ? std::nullopt : std::optional<std::uint64_t>(0)) {}

  void run() {
    model_.start();
    for (int i = 0; i < kSteps && !::testing::Test::HasFatalFailure(); ++i) step();
    settle();
  }

  const Checker& checker() const { return checker_; }
  const Model& model() const { return model_; }
  bool quiet() const { return !follower_.wants(); }

 private:
  void step() {
    const auto choice = random_() % 100;
    if (choice < 8) return disturb();
    if (choice < 28) return model_.happen();
    if (choice < 48) return model_.publish(random_() % 20 == 0);
    if (choice < 56) return ask();
    if (choice < 64) return model_.answer();
    deliver();
  }

  void disturb() {
    switch (random_() % 16) {
      case 0:
        return model_.replace_log();
      case 1:
        return model_.take_over();
      case 2:
        return restart_unnoticed();
      case 3:
        return model_.end();
      default:
        return model_.start();
    }
  }

  // The client's question dies with the service; the library says so after a while.
  void restart_unnoticed() {
    if (asking_ && model_.asked()) asking_ = false;
    model_.restart_unnoticed();
  }

  void ask() {
    if (asking_ || !follower_.wants()) return;
    model_.ask(owner_, *follower_.wants());
    asking_ = true;
  }

  void deliver() {
    std::optional<Message> message = model_.deliver();
    if (!message) return;
    if (auto* event = std::get_if<event::Event>(&*message)) {
      follower_.live(std::move(*event));
    } else if (auto* answer = std::get_if<Answer>(&*message)) {
      asking_ = false;
      checker_.first_answer(*answer);
      follower_.answer(std::move(*answer));
    } else {
      asking_ = false;
      owner_ = std::get<OwnerChange>(*message).owner;
      follower_.owner_changed(owner_ != 0);
    }
    for (const Item& item : follower_.take()) checker_.check(item, model_);
  }

  // The service stays and sends all; one more event shows a gap that a swallowed signal left.
  void settle() {
    model_.start();
    run_undisturbed();
    model_.happen();
    run_undisturbed();
  }

  void run_undisturbed() {
    for (int i = 0; i < 500 && !::testing::Test::HasFatalFailure(); ++i) {
      model_.publish(false);
      ask();
      model_.answer();
      deliver();
    }
  }

  std::mt19937 random_;
  Model model_;
  Follower follower_;
  Checker checker_;
  int owner_ = 0;
  bool asking_ = false;
};

class FollowerModel : public ::testing::TestWithParam<bool> {};

// F1 to F10
TEST_P(FollowerModel, GivesTheLogWhateverTheSchedule) {
  int events = 0;
  int overwritten = 0;
  int new_logs = 0;
  for (unsigned seed = 1; seed <= kSchedules; ++seed) {
    SCOPED_TRACE("schedule " + std::to_string(seed));
    Schedule schedule(seed, GetParam());
    schedule.run();
    ASSERT_FALSE(HasFatalFailure());
    ASSERT_TRUE(schedule.quiet()) << "asks for ever";
    ASSERT_EQ(schedule.checker().position(), schedule.model().last());
    events += schedule.checker().events();
    overwritten += schedule.checker().overwritten();
    new_logs += schedule.checker().new_logs();
  }
  // The schedules are worth something only when all of this happens in them.
  EXPECT_GT(events, kSchedules * 20);
  EXPECT_GT(overwritten, kSchedules / 10);
  EXPECT_GT(new_logs, kSchedules / 10);
}

INSTANTIATE_TEST_SUITE_P(Starts, FollowerModel, ::testing::Bool(),
                         [](const auto& start) { return start.param ? "FromNow" : "SinceZero"; });

}  // namespace
}  // namespace kevent::client
