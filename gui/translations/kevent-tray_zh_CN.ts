<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>HeatNotices</name>
    <message>
        <source>%1 overheats again and again</source>
        <translation>%1 反复过热</translation>
    </message>
    <message>
        <source>%1 is overheating</source>
        <translation>%1 过热</translation>
    </message>
    <message>
        <source>%1 is back to normal</source>
        <translation>%1 已恢复正常</translation>
    </message>
    <message>
        <source>It slows down to cool.</source>
        <translation>正在降速以降温。</translation>
    </message>
    <message>
        <source>Trip: %1.</source>
        <translation>阈值：%1。</translation>
    </message>
    <message>
        <source>Up to %1.</source>
        <translation>最高 %1。</translation>
    </message>
    <message>
        <source>Up to %1. Trip: %2.</source>
        <translation>最高 %1。阈值：%2。</translation>
    </message>
    <message>
        <source>%1, above the passive trip: it is slowed down to cool.</source>
        <translation>%1，高于被动阈值：正在降速以降温。</translation>
    </message>
    <message>
        <source>%1, above the hot trip.</source>
        <translation>%1，高于高温阈值。</translation>
    </message>
    <message>
        <source>%1, above the critical trip: the machine may switch itself off.</source>
        <translation>%1，高于临界阈值：计算机可能会自动关机。</translation>
    </message>
    <message>
        <source>%1, above the trip: %2.</source>
        <translation>%1，高于阈值：%2。</translation>
    </message>
</context>
<context>
    <name>MountNotices</name>
    <message>
        <source>%1 is mounted</source>
        <translation>%1 已挂载</translation>
    </message>
    <message>
        <source>%1 was mounted</source>
        <translation>已挂载 %1</translation>
    </message>
    <message>
        <source>%1 (%2) on %3</source>
        <translation>%1 (%2) 位于 %3</translation>
    </message>
    <message>
        <source>%1 is not mounted any more</source>
        <translation>%1 不再处于挂载状态</translation>
    </message>
    <message>
        <source>%1 was unmounted</source>
        <translation>已卸载 %1</translation>
    </message>
    <message>
        <source>It is still mounted elsewhere.</source>
        <translation>它仍挂载在其他位置。</translation>
    </message>
    <message>
        <source>%1 is not on %2 any more.</source>
        <translation>%1 已不在 %2。</translation>
    </message>
    <message>
        <source>All is written.</source>
        <translation>所有数据均已写入。</translation>
    </message>
    <message>
        <source>All is written, but other filesystems of the drive are in use.</source>
        <translation>所有数据均已写入，但该驱动器的其他文件系统仍在使用中。</translation>
    </message>
    <message>
        <source>%1 may be removed now</source>
        <translation>现在可以移除 %1</translation>
    </message>
    <message>
        <source>All is written, and the device was let go.</source>
        <translation>所有数据均已写入，设备已释放。</translation>
    </message>
    <message>
        <source>%1 is gone and was not unmounted</source>
        <translation>%1 已不存在，且未被卸载</translation>
    </message>
    <message>
        <source>%1 was removed while it was mounted</source>
        <translation>%1 在挂载状态下被移除</translation>
    </message>
    <message>
        <source>Data not yet written to it is lost. Check the files that were changed last.</source>
        <translation>尚未写入的数据已丢失。请检查最近更改的文件。</translation>
    </message>
    <message>
        <source>It was read-only, so no data is lost.</source>
        <translation>它是只读的，因此没有数据丢失。</translation>
    </message>
    <message>
        <source>It was mounted on %1.</source>
        <translation>它曾挂载在 %1。</translation>
    </message>
    <message>
        <source>It was mounted on %1 and %2.</source>
        <translation>它曾挂载在 %1 和 %2。</translation>
    </message>
    <message numerus="yes">
        <source>It was mounted on %1 and in %n other place(s).</source>
        <translation>
            <numerusform>它曾挂载在 %1 和另外 %n 个位置。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoticePacing</name>
    <message>
        <source>Overheating: %1</source>
        <translation>过热：%1</translation>
    </message>
    <message>
        <source>Mounted and unmounted: %1</source>
        <translation>挂载与卸载：%1</translation>
    </message>
    <message>
        <source>Media: %1</source>
        <translation>介质：%1</translation>
    </message>
    <message>
        <source>Errors: %1</source>
        <translation>错误：%1</translation>
    </message>
    <message>
        <source>Losses of events: %1</source>
        <translation>事件丢失：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n more event(s) in a short time</source>
        <translation>
            <numerusform>短时间内另有 %n 个事件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>%1 may be removed now</source>
        <translation>现在可以移除 %1</translation>
    </message>
    <message>
        <source>All of it was unmounted and let go.</source>
        <translation>已全部卸载并释放。</translation>
    </message>
    <message>
        <source>%1 could not be ejected</source>
        <translation>无法弹出 %1</translation>
    </message>
    <message>
        <source>%1 could not be mounted</source>
        <translation>无法挂载 %1</translation>
    </message>
    <message>
        <source>Events were lost</source>
        <translation>有事件丢失</translation>
    </message>
    <message numerus="yes">
        <source>At least %n event(s) of several sources are missing.</source>
        <translation>
            <numerusform>多个来源至少缺少 %n 个事件。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) of several sources are missing.</source>
        <translation>
            <numerusform>多个来源缺少 %n 个事件。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) were overwritten in the log before they were read.</source>
        <translation>
            <numerusform>日志中有 %n 个事件在读取之前被覆盖。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody knows how many of the source %1 are missing.</source>
        <translation>不清楚来源 %1 缺少多少个事件。</translation>
    </message>
    <message numerus="yes">
        <source>At least %n event(s) of the source %1 are missing.</source>
        <translation>
            <numerusform>来源 %1 至少缺少 %n 个事件。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) of the source %1 are missing.</source>
        <translation>
            <numerusform>来源 %1 缺少 %n 个事件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Error of %1</source>
        <translation>%1 出错</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>A program says of %1: %2</source>
        <translation>某个程序报告 %1：%2</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>The service of the kernel&apos;s events is away</source>
        <translation>内核事件服务不可用</translation>
    </message>
    <message>
        <source>The service of the kernel&apos;s events is away: %1</source>
        <translation>内核事件服务不可用：%1</translation>
    </message>
    <message>
        <source>Hottest: %1, %2</source>
        <translation>最热：%1，%2</translation>
    </message>
    <message>
        <source>Events were lost</source>
        <translation>有事件丢失</translation>
    </message>
    <message>
        <source>There is something new</source>
        <translation>有新消息</translation>
    </message>
    <message>
        <source>The kernel is quiet</source>
        <translation>内核平静</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) overheating</source>
        <translation>
            <numerusform>%n 个对象过热</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is overheating</source>
        <translation>%1 过热</translation>
    </message>
</context>
<context>
    <name>StorageNotices</name>
    <message>
        <source>%1 has no medium</source>
        <translation>%1 中没有介质</translation>
    </message>
    <message>
        <source>The medium was removed from %1</source>
        <translation>介质已从 %1 移除</translation>
    </message>
    <message>
        <source>%1 has another medium</source>
        <translation>%1 中换了介质</translation>
    </message>
    <message>
        <source>New medium in %1</source>
        <translation>%1 中有新介质</translation>
    </message>
    <message>
        <source>%1 wants to be ejected</source>
        <translation>%1 请求弹出</translation>
    </message>
    <message>
        <source>Its eject button was pressed.</source>
        <translation>已按下弹出按钮。</translation>
    </message>
    <message>
        <source>I/O errors on %1</source>
        <translation>%1 出现多个 I/O 错误</translation>
    </message>
    <message>
        <source>I/O error on %1</source>
        <translation>%1 出现 I/O 错误</translation>
    </message>
    <message>
        <source>Requests fail again and again.</source>
        <translation>请求反复失败。</translation>
    </message>
    <message>
        <source>%1 of sector %2 failed: %3.</source>
        <translation>%1（扇区 %2）失败：%3。</translation>
    </message>
    <message>
        <source>A request failed.</source>
        <translation>一个请求失败。</translation>
    </message>
    <message>
        <source>A request failed: %1.</source>
        <translation>一个请求失败：%1。</translation>
    </message>
    <message>
        <source>%1 is degraded</source>
        <translation>%1 已降级</translation>
    </message>
    <message>
        <source>The array has lost a device. One more may lose data.</source>
        <translation>阵列已丢失一个设备。再丢失一个可能导致数据丢失。</translation>
    </message>
    <message>
        <source>%1 is being synchronized</source>
        <translation>%1 正在同步</translation>
    </message>
    <message>
        <source>%1 is synchronized</source>
        <translation>%1 已同步</translation>
    </message>
    <message>
        <source>Synchronizing %1 was given up</source>
        <translation>已放弃同步 %1</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>%1: filesystem in use</source>
        <translation>%1：文件系统使用中</translation>
    </message>
    <message>
        <source>%1: filesystem let go</source>
        <translation>%1：文件系统已释放</translation>
    </message>
    <message>
        <source>%1 mounted on %2</source>
        <translation>%1 挂载到 %2</translation>
    </message>
    <message>
        <source>%1 unmounted from %2</source>
        <translation>%1 从 %2 卸载</translation>
    </message>
    <message>
        <source>%1 on %2 has other options</source>
        <translation>%2 上的 %1 选项已更改</translation>
    </message>
    <message>
        <source>%1 moved from %2 to %3</source>
        <translation>%1 从 %2 移到 %3</translation>
    </message>
    <message>
        <source>%1: no medium</source>
        <translation>%1：没有介质</translation>
    </message>
    <message>
        <source>%1: a medium of %2</source>
        <translation>%1：%2 的介质</translation>
    </message>
    <message>
        <source>%1 wants to be ejected</source>
        <translation>%1 请求弹出</translation>
    </message>
    <message>
        <source>%1 has %2 now</source>
        <translation>%1 现在为 %2</translation>
    </message>
    <message>
        <source>%1 is read-only</source>
        <translation>%1 为只读</translation>
    </message>
    <message>
        <source>%1 may be written</source>
        <translation>%1 可写</translation>
    </message>
    <message>
        <source>%1: I/O error</source>
        <translation>%1：I/O 错误</translation>
    </message>
    <message>
        <source>%1: I/O error, %2</source>
        <translation>%1：I/O 错误，%2</translation>
    </message>
    <message>
        <source>%1 is degraded</source>
        <translation>%1 已降级</translation>
    </message>
    <message>
        <source>%1 is being synchronized</source>
        <translation>%1 正在同步</translation>
    </message>
    <message>
        <source>%1 is synchronized</source>
        <translation>%1 已同步</translation>
    </message>
    <message>
        <source>%1: synchronizing was given up</source>
        <translation>%1：已放弃同步</translation>
    </message>
    <message>
        <source>%1 is overheating</source>
        <translation>%1 过热</translation>
    </message>
    <message>
        <source>%1 is overheating: %2</source>
        <translation>%1 过热：%2</translation>
    </message>
    <message>
        <source>%1 is back to normal</source>
        <translation>%1 已恢复正常</translation>
    </message>
    <message>
        <source>%1 is back to normal: %2</source>
        <translation>%1 已恢复正常：%2</translation>
    </message>
    <message>
        <source>%1 was added</source>
        <translation>已添加 %1</translation>
    </message>
    <message>
        <source>%1 was removed</source>
        <translation>已移除 %1</translation>
    </message>
    <message>
        <source>%1 has changed</source>
        <translation>%1 已更改</translation>
    </message>
    <message>
        <source>%1 has a new name</source>
        <translation>%1 已改名</translation>
    </message>
    <message>
        <source>%1 went online</source>
        <translation>%1 已上线</translation>
    </message>
    <message>
        <source>%1 went offline</source>
        <translation>%1 已下线</translation>
    </message>
    <message>
        <source>%1 has a driver</source>
        <translation>%1 已有驱动程序</translation>
    </message>
    <message>
        <source>%1 has no driver any more</source>
        <translation>%1 不再有驱动程序</translation>
    </message>
    <message>
        <source>Events of the source %1 were lost</source>
        <translation>来源 %1 的事件丢失</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) of the source %1 were lost</source>
        <translation>
            <numerusform>来源 %1 丢失了 %n 个事件</numerusform>
        </translation>
    </message>
    <message>
        <source>Processor %1</source>
        <translation>处理器 %1</translation>
    </message>
    <message>
        <source>%1 °C</source>
        <translation>%1 °C</translation>
    </message>
    <message>
        <source>%1 °F</source>
        <translation>%1 °F</translation>
    </message>
    <message>
        <source>%1: %2, says a program</source>
        <translation>%1：%2（某个程序报告）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 was removed while it was mounted</source>
        <translation>%1 在挂载状态下被移除</translation>
    </message>
    <message>
        <source>%1 was removed while mounted on %2</source>
        <translation>%1 在挂载于 %2 时被移除</translation>
    </message>
    <message>
        <source>%1: the medium was changed</source>
        <translation>%1：介质已更换</translation>
    </message>
</context>
<context>
    <name>kevent::gui::Applet</name>
    <message>
        <source>%1 is mounted on %2.</source>
        <translation>%1 已挂载到 %2。</translation>
    </message>
    <message>
        <source>%1 is unmounted.</source>
        <translation>%1 已卸载。</translation>
    </message>
</context>
<context>
    <name>kevent::gui::Disks</name>
    <message>
        <source>The system runs from the drive of %1.</source>
        <translation>系统正在 %1 所在的驱动器上运行。</translation>
    </message>
    <message>
        <source>%1 is mounted again and again by another program.</source>
        <translation>另一个程序不断重新挂载 %1。</translation>
    </message>
    <message>
        <source>%1 is no longer there.</source>
        <translation>%1 已不存在。</translation>
    </message>
    <message>
        <source>%1 is encrypted, and has to be unlocked first.</source>
        <translation>%1 已加密，必须先解锁。</translation>
    </message>
    <message>
        <source>%1 holds no filesystem that can be mounted.</source>
        <translation>%1 上没有可挂载的文件系统。</translation>
    </message>
</context>
<context>
    <name>kevent::gui::EventsModel</name>
    <message numerus="yes">
        <source>%n events were no longer in the log</source>
        <translation>
            <numerusform>有 %n 个事件已不在日志中</numerusform>
        </translation>
    </message>
    <message>
        <source>The log was replaced: events may be missing, and numbers start again</source>
        <translation>日志已被替换：可能缺少事件，编号重新开始</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>信号</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
</context>
<context>
    <name>kevent::gui::EventsPage</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>%1 and worse</source>
        <translation>%1 及更严重</translation>
    </message>
    <message>
        <source>Choose an event to see all that it says.</source>
        <translation>选择一个事件以查看其全部内容。</translation>
    </message>
    <message>
        <source>Details of the event</source>
        <translation>事件详情</translation>
    </message>
    <message>
        <source>Object, signal, text</source>
        <translation>对象、信号、文本</translation>
    </message>
    <message>
        <source>Only this kernel object and those below it</source>
        <translation>仅此内核对象及其下级</translation>
    </message>
    <message>
        <source>Se&amp;arch:</source>
        <translation>搜索(&amp;A)：</translation>
    </message>
    <message>
        <source>&amp;Group:</source>
        <translation>组(&amp;G)：</translation>
    </message>
    <message>
        <source>&amp;Priority:</source>
        <translation>优先级(&amp;P)：</translation>
    </message>
    <message>
        <source>&amp;Object:</source>
        <translation>对象(&amp;O)：</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Only this object</source>
        <translation>仅此对象(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Show the object</source>
        <translation>显示该对象(&amp;S)</translation>
    </message>
    <message numerus="yes">
        <source>%n events</source>
        <translation>
            <numerusform>%n 个事件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n events</source>
        <translation>
            <numerusform>%n 个事件中的 %1 个</numerusform>
        </translation>
    </message>
    <message>
        <source>No events yet. What the kernel tells from now on appears here.</source>
        <translation>尚无事件。内核此后报告的内容将显示在这里。</translation>
    </message>
    <message>
        <source>No event passes the filter.</source>
        <translation>没有符合筛选条件的事件。</translation>
    </message>
</context>
<context>
    <name>kevent::gui::Knowledge</name>
    <message>
        <source>keventd is not running.</source>
        <translation>keventd 未在运行。</translation>
    </message>
    <message>
        <source>There is no connection to it: %1</source>
        <translation>无法与其连接：%1</translation>
    </message>
</context>
<context>
    <name>kevent::gui::NotificationServer</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Mount</source>
        <translation>挂载</translation>
    </message>
    <message>
        <source>Eject</source>
        <translation>弹出</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Kernel events</source>
        <translation>内核事件</translation>
    </message>
</context>
<context>
    <name>kevent::gui::ObjectsModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Subsystem</source>
        <translation>子系统</translation>
    </message>
    <message>
        <source>Device node</source>
        <translation>设备节点</translation>
    </message>
</context>
<context>
    <name>kevent::gui::ObjectsPage</name>
    <message>
        <source>Se&amp;arch:</source>
        <translation>搜索(&amp;A)：</translation>
    </message>
    <message>
        <source>Name, subsystem, device node</source>
        <translation>名称、子系统、设备节点</translation>
    </message>
    <message>
        <source>Kernel objects</source>
        <translation>内核对象</translation>
    </message>
    <message>
        <source>No objects. The service shows them when it is there.</source>
        <translation>没有对象。服务可用时会显示它们。</translation>
    </message>
    <message>
        <source>The selected object</source>
        <translation>所选对象</translation>
    </message>
    <message>
        <source>Choose an object to see what is known of it.</source>
        <translation>选择一个对象以查看其已知信息。</translation>
    </message>
    <message>
        <source>Properties of the object</source>
        <translation>对象属性</translation>
    </message>
    <message>
        <source>Its &amp;events</source>
        <translation>其事件(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Mount</source>
        <translation>挂载(&amp;M)</translation>
    </message>
    <message>
        <source>E&amp;ject</source>
        <translation>弹出(&amp;J)</translation>
    </message>
</context>
<context>
    <name>kevent::gui::Properties</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>no medium</source>
        <translation>没有介质</translation>
    </message>
    <message>
        <source>%1 (%2 bytes)</source>
        <translation>%1（%2 字节）</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Uevent</source>
        <translation>Uevent</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1, number %2</source>
        <translation>%1，编号 %2</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>信号</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
</context>
<context>
    <name>kevent::gui::PropertiesModel</name>
    <message>
        <source>Section</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>kevent::gui::SettingsDialog</name>
    <message>
        <source>Settings of Kernel Events</source>
        <translation>内核事件设置</translation>
    </message>
    <message>
        <source>Temperatures in degrees &amp;Fahrenheit</source>
        <translation>温度使用华氏度(&amp;F)</translation>
    </message>
    <message>
        <source>Tell me about</source>
        <translation>通知我</translation>
    </message>
    <message>
        <source>&amp;Overheating</source>
        <translation>过热(&amp;O)</translation>
    </message>
    <message>
        <source>Filesystems that are &amp;mounted and unmounted</source>
        <translation>文件系统的挂载与卸载(&amp;M)</translation>
    </message>
    <message>
        <source>Media that are &amp;inserted and removed</source>
        <translation>介质的插入与移除(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Errors of disks, arrays and filesystems</source>
        <translation>磁盘、阵列和文件系统的错误(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Lost events</source>
        <translation>丢失的事件(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Pause notices:</source>
        <translation>暂停通知(&amp;P)：</translation>
    </message>
    <message>
        <source>Overheating is told all the same</source>
        <translation>过热仍会通知</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>For an hour</source>
        <translation>一小时</translation>
    </message>
    <message>
        <source>Until tomorrow</source>
        <translation>直到明天</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>直到 %1</translation>
    </message>
</context>
<context>
    <name>kevent::gui::TemperaturePage</name>
    <message>
        <source>No temperatures. The kernel knows no thermal zone on this machine, or the service is not there yet.</source>
        <translation>没有温度。内核在本机上未发现温区，或服务尚不可用。</translation>
    </message>
    <message>
        <source>&amp;Zone:</source>
        <translation>温区(&amp;Z)：</translation>
    </message>
    <message>
        <source>Temperatures over time</source>
        <translation>温度随时间变化</translation>
    </message>
    <message>
        <source>All zones</source>
        <translation>所有温区</translation>
    </message>
    <message>
        <source>Nothing was read yet.</source>
        <translation>尚未读取到数据。</translation>
    </message>
    <message>
        <source>%1: %2 now, %3 to %4 in this hour</source>
        <translation>%1：现在 %2，本小时内 %3 至 %4</translation>
    </message>
</context>
<context>
    <name>kevent::gui::TemperaturePlot</name>
    <message>
        <source>critical trip</source>
        <translation>临界阈值</translation>
    </message>
    <message>
        <source>hot trip</source>
        <translation>高温阈值</translation>
    </message>
    <message>
        <source>passive trip</source>
        <translation>被动阈值</translation>
    </message>
    <message>
        <source>active trip</source>
        <translation>主动阈值</translation>
    </message>
    <message>
        <source>Temperature in °F</source>
        <translation>温度（°F）</translation>
    </message>
    <message>
        <source>Temperature in °C</source>
        <translation>温度（°C）</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>kevent::gui::TrayIcon</name>
    <message>
        <source>Kernel events</source>
        <translation>内核事件</translation>
    </message>
</context>
<context>
    <name>kevent::gui::TrayMenu</name>
    <message>
        <source>&amp;Open Kernel Events</source>
        <translation>打开内核事件(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>No events yet</source>
        <translation>尚无事件</translation>
    </message>
    <message>
        <source>&amp;Tell me about</source>
        <translation>通知我(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Overheating</source>
        <translation>过热(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Mounted and unmounted</source>
        <translation>挂载与卸载(&amp;M)</translation>
    </message>
    <message>
        <source>Media &amp;changes</source>
        <translation>介质更换(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Errors</source>
        <translation>错误(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Lost events</source>
        <translation>丢失的事件(&amp;L)</translation>
    </message>
    <message>
        <source>For an &amp;hour</source>
        <translation>一小时(&amp;H)</translation>
    </message>
    <message>
        <source>Until &amp;tomorrow</source>
        <translation>直到明天(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>恢复(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Paused until %1</source>
        <translation>已暂停至 %1(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Pause notices</source>
        <translation>暂停通知(&amp;P)</translation>
    </message>
</context>
<context>
    <name>kevent::gui::Udisks</name>
    <message>
        <source>%1 is busy: a program still uses it.</source>
        <translation>%1 正忙：仍有程序在使用它。</translation>
    </message>
    <message>
        <source>You are not allowed to do this with %1.</source>
        <translation>您无权对 %1 执行此操作。</translation>
    </message>
    <message>
        <source>%1 is no longer there.</source>
        <translation>%1 已不存在。</translation>
    </message>
    <message>
        <source>udisks2, which mounts disks, is not running.</source>
        <translation>负责挂载磁盘的 udisks2 未在运行。</translation>
    </message>
    <message>
        <source>udisks2, which mounts disks, does not answer.</source>
        <translation>负责挂载磁盘的 udisks2 没有响应。</translation>
    </message>
    <message>
        <source>%1: udisks2 says: %2</source>
        <translation>%1：udisks2 报告：%2</translation>
    </message>
</context>
<context>
    <name>kevent::gui::Window</name>
    <message>
        <source>Kernel Events</source>
        <translation>内核事件</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Temperatures</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>刷新(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Events</source>
        <translation>事件(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Objects</source>
        <translation>对象(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Temperatures</source>
        <translation>温度(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>查找(&amp;F)</translation>
    </message>
    <message>
        <source>The service of kernel events is away: %1
&quot;systemctl start keventd&quot; starts it. What happened meanwhile appears here when it is back.</source>
        <translation>内核事件服务不可用：%1
“systemctl start keventd”可启动它。恢复后，期间发生的事件会显示在这里。</translation>
    </message>
    <message>
        <source>Why the service is away</source>
        <translation>服务不可用的原因</translation>
    </message>
</context>
<context>
    <name>kevent::gui::Words</name>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>电源</translation>
    </message>
    <message>
        <source>Filesystem</source>
        <translation>文件系统</translation>
    </message>
    <message>
        <source>Hotplug</source>
        <translation>热插拔</translation>
    </message>
    <message>
        <source>Emergency</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>警报</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>严重</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Debug</source>
        <translation>调试</translation>
    </message>
</context>
</TS>
