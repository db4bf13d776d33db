// SPDX-License-Identifier: LGPL-2.1-or-later
// The subcommands, one source file each. Each returns its exit code, and throws a client::Failure
// where it cannot go on.
#pragma once

#include "cli/options.h"
#include "cli/output.h"
#include "lib/client/bus_client.h"
#include "lib/event/filter.h"

namespace kevent::cli {

int monitor(client::BusClient& client, const Options& options, Output& output);
// Makes its connections by itself: it outlives them.
int on(const Options& options);
int log(client::BusClient& client, const Options& options, Output& output);
int list(client::BusClient& client, const Options& options, Output& output);
int show(client::BusClient& client, const Options& options, Output& output);
int status(client::BusClient& client, const Options& options, Output& output);

// The conditions of `monitor`, `on` and `log`. Says so on standard error when the object is not
// there.
event::Filter filter_of(client::BusClient& client, const Options& options);

}  // namespace kevent::cli
