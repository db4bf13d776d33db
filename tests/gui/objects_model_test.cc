// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/objects_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "lib/event/object_path.h"
#include "tests/gui/sample_events.h"

namespace kevent::gui {
namespace {

using test::sample_event;

constexpr auto kFatal = QAbstractItemModelTester::FailureReportingMode::Fatal;

nlohmann::json objects(const std::vector<std::string>& paths) {
  nlohmann::json all = nlohmann::json::object();
  for (const std::string& path : paths) {
    all[event::object_path(path)]["org.kernel.Events1.Device"] = {{"Subsystem", "block"},
                                                                  {"DeviceNode", "/dev/x"}};
  }
  return all;
}

void collect(const ObjectsModel& model, const QModelIndex& parent,
             std::vector<std::string>& exported) {
  for (int row = 0; row < model.rowCount(parent); ++row) {
    const QModelIndex index = model.index(row, 0, parent);
    if (model.exported(index)) exported.push_back(model.path(index));
    collect(model, index, exported);
  }
}

std::vector<std::string> exported(const ObjectsModel& model) {
  std::vector<std::string> paths;
  collect(model, {}, paths);
  return paths;
}

void apply(ObjectsModel& model, const std::string& object, const std::string& signal) {
  model.apply(sample_event(1, object, signal));
}

using Paths = std::vector<std::string>;

// O1
TEST(ObjectsModel, HasSiblingsInNaturalOrder) {
  ObjectsModel model;
  model.set_objects(objects({"/devices/loop10", "/devices/loop2", "/devices/loop1"}));
  EXPECT_EQ(exported(model), (Paths{"/devices/loop1", "/devices/loop2", "/devices/loop10"}));
}

// O2
TEST(ObjectsModel, HasFoldersAboveWhatIsExported) {
  ObjectsModel model;
  model.set_objects(objects({"/devices/virtual/block/loop0"}));
  const QModelIndex folder = model.nearest("/devices/virtual");
  EXPECT_EQ(model.path(folder), "/devices/virtual");
  EXPECT_FALSE(model.exported(folder));
}

// O2
TEST(ObjectsModel, DropsAFolderWithItsLastObject) {
  ObjectsModel model;
  model.set_objects(objects({"/devices/virtual/block/loop0", "/devices/a"}));
  apply(model, "/devices/virtual/block/loop0", "remove");
  EXPECT_EQ(model.path(model.nearest("/devices/virtual")), "/devices");
}

// O3
TEST(ObjectsModel, AddsAnObjectWithItsFolders) {
  ObjectsModel model;
  apply(model, "/devices/virtual/block/loop0", "add");
  EXPECT_EQ(exported(model), (Paths{"/devices/virtual/block/loop0"}));
}

// O3
TEST(ObjectsModel, KeepsWhatIsBelowARemovedObject) {
  ObjectsModel model;
  model.set_objects(objects({"/devices/a", "/devices/a/b"}));
  apply(model, "/devices/a", "remove");
  EXPECT_EQ(exported(model), (Paths{"/devices/a/b"}));
}

// O3
TEST(ObjectsModel, MovesWhatLiesBelowAlong) {
  ObjectsModel model;
  model.set_objects(objects({"/devices/net/eth0", "/devices/net/eth0/queue"}));
  event::Event move = sample_event(1, "/devices/net/lan0", "move");
  move.details.set_text(event::key::kOldObject, "/devices/net/eth0");
  model.apply(move);
  EXPECT_EQ(exported(model), (Paths{"/devices/net/lan0", "/devices/net/lan0/queue"}));
}

// O4
TEST(ObjectsModel, KeepsWhatHappenedWhileItWasAskedFor) {
  ObjectsModel model;
  model.asked();
  apply(model, "/devices/new", "add");
  apply(model, "/devices/gone", "remove");
  model.set_objects(objects({"/devices/gone"}));
  EXPECT_EQ(exported(model), std::vector<std::string>{"/devices/new"});
}

// O4
TEST(ObjectsModel, ForgetsWhatHappenedBeforeItWasAskedFor) {
  ObjectsModel model;
  apply(model, "/devices/old", "add");
  model.asked();
  model.set_objects(objects({"/devices/a"}));
  EXPECT_EQ(exported(model), std::vector<std::string>{"/devices/a"});
}

// O4
TEST(ObjectsModel, ForgetsWhatHappenedBeforeAnEarlierAnswer) {
  ObjectsModel model;
  model.asked();
  apply(model, "/devices/old", "add");
  model.set_objects(objects({}));
  model.set_objects(objects({}));
  EXPECT_EQ(exported(model), std::vector<std::string>{});
}

// O3
TEST(ObjectsModel, BelievesNoProgram) {
  ObjectsModel model;
  model.set_objects(objects({"/devices/a"}));
  event::Event event = sample_event(1, "/devices/a", "remove");
  event.details.set(event::key::kSource, std::string("user"));
  model.apply(event);
  EXPECT_EQ(exported(model), std::vector<std::string>{"/devices/a"});
}

// O3
TEST(ObjectsModel, PassesOverASignalOfAnotherGroup) {
  ObjectsModel model;
  model.set_objects(objects({"/devices/a"}));
  model.apply(
      sample_event(1, "/devices/a", "remove", event::priority::kInfo, event::Group::kStorage));
  EXPECT_EQ(exported(model), std::vector<std::string>{"/devices/a"});
}

TEST(ObjectsModel, PassesOverWhatIsNoDevice) {
  ObjectsModel model;
  apply(model, "/module/loop", "add");
  EXPECT_EQ(model.rowCount(), 0);
}

TEST(ObjectsModel, ShowsSubsystemAndDeviceNodeOfAnExportedObject) {
  ObjectsModel model;
  model.set_objects(objects({"/devices/x"}));
  const QModelIndex row = model.nearest("/devices/x");
  EXPECT_EQ(row.siblingAtColumn(ObjectsModel::kSubsystem).data(), QStringLiteral("block"));
  EXPECT_EQ(row.siblingAtColumn(ObjectsModel::kDeviceNode).data(), QStringLiteral("/dev/x"));
}

TEST(ObjectsModel, SkipsObjectsOfAnotherShape) {
  ObjectsModel model;
  nlohmann::json all = objects({"/devices/x"});
  all["/org/kernel"] = nlohmann::json::object();
  all["/somebody/else"] = 1;
  all[event::object_path("/devices/y")]["org.kernel.Events1.Device"] = {{"Subsystem", 5}};
  model.set_objects(all);
  EXPECT_EQ(exported(model), (Paths{"/devices/x", "/devices/y"}));
}

TEST(ObjectsModel, KeepsQtsRulesAndTheTruthUnderRandomEvents) {
  ObjectsModel model;
  const QAbstractItemModelTester tester(&model, kFatal);
  std::mt19937 random(1);  // NOLINT: the same each time
  std::set<std::string> truth;
  const auto random_path = [&] {
    std::string path = "/devices";
    for (std::uint32_t depth = random() % 4 + 1; depth > 0; --depth) {
      path += "/n" + std::to_string(random() % 4);
    }
    return path;
  };
  for (int turn = 0; turn < 1500; ++turn) {
    const std::string path = random_path();
    if (random() % 2 == 0) {
      truth.insert(path);
      apply(model, path, "add");
    } else {
      truth.erase(path);
      apply(model, path, "remove");
    }
  }
  const std::vector<std::string> all = exported(model);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()), truth);
}

}  // namespace
}  // namespace kevent::gui
