// SPDX-License-Identifier: LGPL-2.1-or-later
// keventctl log: what the log holds, answer by answer, until it has been looked at to its end.
#include <cstdint>
#include <deque>
#include <string>
#include <utility>

#include "cli/commands.h"
#include "lib/terminal/exit_code.h"

namespace kevent::cli {
namespace {

// Where the items go: to the output at once, or, for --last, into a queue of the newest.
class Sink {
 public:
  Sink(Output& output, std::optional<std::size_t> last) : output_(output), last_(last) {}
  void add(client::Item item) {
    if (!last_) return output_.item(item);
    newest_.push_back(std::move(item));
    if (newest_.size() > *last_) newest_.pop_front();
  }
  void finish() {
    for (const client::Item& item : newest_) output_.item(item);
  }

 private:
  Output& output_;
  std::optional<std::size_t> last_;
  std::deque<client::Item> newest_;
};

}  // namespace

int log(client::BusClient& client, const Options& options, Output& output) {
  const event::Filter filter = filter_of(client, options);
  Sink sink(output, options.last);
  std::uint64_t position = options.since.value_or(0);
  // Without --since nothing was expected of what the log no longer holds.
  bool tells_overwritten = options.since.has_value();
  client.read_log(position, filter, [&](client::Answer& answer) {
    if (tells_overwritten && answer.oldest > position && answer.oldest - position > 1) {
      sink.add(client::Overwritten{answer.oldest - position - 1});
    }
    tells_overwritten = true;
    position = answer.next;
    for (event::Event& event : answer.events) sink.add(std::move(event));
  });
  sink.finish();
  return terminal::kDone;
}

}  // namespace kevent::cli
