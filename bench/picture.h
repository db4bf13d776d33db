// SPDX-License-Identifier: LGPL-2.1-or-later
// docs/pictures/mount-latency.svg: how long a mount takes to reach a client, over the number of
// mounts that there are, for keventd and udisks2.
#pragma once

#include <string>
#include <vector>

#include "bench/report.h"

namespace kevent::bench {

// The picture of those rows that say their number of mounts, as SVG.
std::string mount_picture(const std::vector<Table>& tables);

}  // namespace kevent::bench
