// SPDX-License-Identifier: LGPL-2.1-or-later
// The Contract on a real bus. For one thread.
#pragma once

#include <cstdint>
#include <string>

#include "tests/support/bus_connection.h"
#include "tests/support/contract.h"

namespace kevent::support {

class ContractClient {
 public:
  // Follows all events from the oldest one that the log holds.
  ContractClient(const std::string& address, Contract::HandOut hand_out);

  // Follows until `predicate` holds. False at the deadline.
  bool follow_until(Deadline deadline, const std::function<bool()>& predicate);

  const Contract& contract() const { return contract_; }

 private:
  std::optional<Page> fetch(std::uint64_t after);

  BusConnection bus_;
  Contract contract_;
  bool service_answers_ = true;  // false from a failed call until the name has an owner again
};

}  // namespace kevent::support
