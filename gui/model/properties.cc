// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/properties.h"

#include <utility>

#include "gui/model/words.h"

namespace kevent::gui {

void PropertiesModel::set_properties(std::vector<Property> properties) {
  beginResetModel();
  properties_ = std::move(properties);
  endResetModel();
}

int PropertiesModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(properties_.size());
}

int PropertiesModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant PropertiesModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const auto row = static_cast<std::size_t>(index.row());
  const Property& property = properties_[row];
  switch (role) {
    case Qt::DisplayRole:
      break;
    case Qt::ToolTipRole:
      if (index.column() == kValue) return tooltip_text(property.value);
      return {};
    default:
      return {};
  }
  switch (index.column()) {
    case kSection:
      return row > 0 && properties_[row - 1].section == property.section ? QString()
                                                                         : property.section;
    case kName:
      return property.name;
    default:
      return property.value;
  }
}

QVariant PropertiesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case kSection:
      return tr("Section");
    case kName:
      return tr("Name");
    case kValue:
      return tr("Value");
    default:
      return {};
  }
}

}  // namespace kevent::gui
