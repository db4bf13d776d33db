// SPDX-License-Identifier: LGPL-2.1-or-later
// KernelSource on the kernel of this machine: mostly a stock one, which has no events layer. One
// that has it is heard in tests/kernel/.
#include "service/source/kernel_source.h"

#include <gtest/gtest.h>
#include <linux/genetlink.h>
#include <linux/thermal.h>

#include <vector>

#include "tests/source/recording_sink.h"

namespace kevent::source {
namespace {

// The controller, which every kernel has, stands for the layer: one group, of the same number.
TEST(KernelFamily, HasAllItsGroups) {
  const auto family = KernelFamily::resolve("nlctrl");
  ASSERT_TRUE(family.ok()) << family.error().message();
  EXPECT_EQ(family->id, GENL_ID_CTRL);
  EXPECT_EQ(family->groups, std::vector<unsigned>{GENL_ID_CTRL});
}

// As many as thermal netlink has: samples and events.
TEST(KernelFamily, HasSeveralGroups) {
  const auto family = KernelFamily::resolve(THERMAL_GENL_FAMILY_NAME);
  if (!family) GTEST_SKIP() << "this kernel has no thermal netlink";
  EXPECT_EQ(family->groups.size(), 2u);
}

TEST(KernelFamily, IsNotThereUnderAnotherName) {
  EXPECT_EQ(KernelFamily::resolve("no such family").error().code, ENOENT);
}

TEST(KernelSource, IsNotThereOnAStockKernel) {
  RecordingSink sink;
  const sysfs::Sysfs sysfs;
  const auto source = KernelSource::open(sink, sink.state, sysfs);
  if (source) GTEST_SKIP() << "this kernel has the events layer";
  EXPECT_EQ(source.error().code, ENOENT);
  EXPECT_NE(source.error().message().find("CONFIG_KERNEL_EVENTS"), std::string::npos);
}

TEST(KernelSource, TellsAllThatTheLogHoldsOnAPatchedKernel) {
  RecordingSink sink;
  const sysfs::Sysfs sysfs;
  auto opened = KernelSource::open(sink, sink.state, sysfs);
  if (!opened) GTEST_SKIP() << opened.error().message();
  KernelSource& source = **opened;
  const std::uint64_t begin = begin_after(sink.state, false, source.held());
  sink.state.set_kernel_sequence(begin);
  source.start();
  EXPECT_FALSE(source.unfinished());
  EXPECT_EQ(source.status().lost, 0u);
  EXPECT_EQ(source.status().received, sink.events.size());
  EXPECT_EQ(sink.state.kernel_sequence(), begin + sink.events.size());
}

}  // namespace
}  // namespace kevent::source
