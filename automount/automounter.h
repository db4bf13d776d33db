// SPDX-License-Identifier: LGPL-2.1-or-later
// The automounter as a state machine: the kernel's events and udisks2's words go in, requests to
// udisks2 and notices for people come out. Knows no bus and no clock. What is mounted is what
// udisks2 says is mounted, whoever did it; so it is told once, and nothing told is wrong.
//
// Rules:
//   S1  add, change and media_change of a block device make it wanted for half a minute: the kernel
//       is early, udev and udisks2 look at the medium later. As soon as what udisks2 says of a
//       wanted device is enough, decision.h decides.
//   S2  add, remove and media_change end a medium's turn, and so does another filesystem.
//   S3  With media_change and remove, what udisks2 says of the device is of the medium before, and
//       counts no more until it says something new of it: an ejected disc is not pulled in again.
//       After ten seconds it counts once more: nothing new was to be said. (It counts all the time
//       where the event is Synthesized: that is told late.)
//   S4  When udisks2 appears, when the kernel's events begin to arrive, and when some were lost,
//       everything is wanted: what there is, and what udisks2 finds in the next half minute.
//   S5  A wanted device while udisks2 is away: it is asked to look, which may start it.
//   S6  eject_request: every mounted partition of the drive is unmounted, and when all of them are,
//       the drive ejects. One that cannot be unmounted ends it.
//   S7  A mount that failed is told with its reason, and was this medium's turn.
//   S8  Where udisks2 goes away over a mount, nothing failed, and it is asked for again. Where it
//       does over an ejection, that failed.
//   S9  removed_while_mounted is told as that, with what is lost, and ends the mount and the ejection
//       that are in flight: neither failed. What udisks2 unmounts after it is not told.
//   S10 After media_change without Size the device waits for the media_change that has it, whatever
//       udisks2 says meanwhile: there may be no medium. That event belongs to the same change, and
//       ends no turn. Size 0 is no medium, and the device is not wanted. A loss of events ends the
//       waiting.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "automount/exchange.h"
#include "automount/notice.h"
#include "automount/rules.h"
#include "lib/client/follower.h"

namespace kevent::automount {

class Automounter {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds kWantedFor{30};
  static constexpr std::chrono::seconds kOutdatedFor{10};

  explicit Automounter(Rules rules) : rules_(std::move(rules)) {}

  // Every event of the kernel from here on comes by happened().
  void follows(Time now);
  void happened(const client::Item& item, Time now);
  void said(const Word& word, Time now);
  void passed(Time now);

  // When passed() will have something to do; nothing: not before something else happens.
  std::optional<Time> next() const;

  // What came out since the last call.
  std::vector<Request> take_requests();
  std::vector<Notice> take_notices();

 private:
  struct Device {
    std::optional<BlockDevice> block;  // as udisks2 says; nothing: it does not know the device
    Time wanted_until{};
    std::optional<Time> outdated_until;   // S3
    std::optional<Medium> had_turn;       // the medium that had its turn
    std::optional<BlockDevice> mounting;  // as it was when udisks2 was asked to mount it
    std::string how;                      // for people, where a rule has a part in the mount
    bool size_awaited = false;            // S10
    bool removed_while_mounted = false;   // S9; until it is added or mounted again
    BlockDevice last;                     // as udisks2 knew it before it removed it
  };
  struct Ejection {
    BlockDevice device;              // which the request was about
    std::set<std::string> unmounts;  // objects that are still to be unmounted
  };

  void hear(const Present& word, Time now);
  void hear(const Absent& word, Time now);
  void hear(const Changed& word, Time now);
  void hear(const Removed& word, Time now);
  void hear(const Answer& word, Time now);

  void block_event(const event::Event& event, std::uint64_t number, Time now);
  void media_change(const event::Event& event, Device& device, Time now);
  void removed_while_mounted(const event::Event& event, Device& device);
  void stop_waiting_for_sizes();
  void want_everything(Time now);
  void want(Device& device, Time now);
  void look_at(Device& device, Time now);
  void update(const BlockDevice& block);
  void mount(Device& device, Request::Kind kind, const std::string& how = {});
  void mount_answered(const Answer& answer);
  void eject(const BlockDevice& device);
  void unmount_answered(const Answer& answer);
  void eject_answered(const Answer& answer);
  void go_on(Ejection& ejection);
  Device* find(const std::string& object);
  void tell(Notice::Kind kind, const BlockDevice& device, std::string reason = {});
  void request(Request::Kind kind, std::string object);

  Rules rules_;
  bool present_ = false;                     // udisks2 is there
  bool looked_ = false;                      // it was there at least once
  std::map<std::uint64_t, Device> devices_;  // by number
  Time everything_wanted_until_{};
  std::vector<Ejection> ejections_;
  std::vector<Request> requests_;
  std::vector<Notice> notices_;
};

}  // namespace kevent::automount
