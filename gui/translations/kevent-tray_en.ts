<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>MountNotices</name>
    <message numerus="yes">
        <source>It was mounted on %1 and in %n other place(s).</source>
        <translation>
            <numerusform>It was mounted on %1 and in %n other place.</numerusform>
            <numerusform>It was mounted on %1 and in %n other places.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoticePacing</name>
    <message numerus="yes">
        <source>%n more event(s) in a short time</source>
        <translation>
            <numerusform>%n more event in a short time</numerusform>
            <numerusform>%n more events in a short time</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>At least %n event(s) of several sources are missing.</source>
        <translation>
            <numerusform>At least %n event of several sources is missing.</numerusform>
            <numerusform>At least %n events of several sources are missing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) of several sources are missing.</source>
        <translation>
            <numerusform>%n event of several sources is missing.</numerusform>
            <numerusform>%n events of several sources are missing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) were overwritten in the log before they were read.</source>
        <translation>
            <numerusform>%n event was overwritten in the log before it was read.</numerusform>
            <numerusform>%n events were overwritten in the log before they were read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At least %n event(s) of the source %1 are missing.</source>
        <translation>
            <numerusform>At least %n event of the source %1 is missing.</numerusform>
            <numerusform>At least %n events of the source %1 are missing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) of the source %1 are missing.</source>
        <translation>
            <numerusform>%n event of the source %1 is missing.</numerusform>
            <numerusform>%n events of the source %1 are missing.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message numerus="yes">
        <source>%n object(s) overheating</source>
        <translation>
            <numerusform>%n object overheating</numerusform>
            <numerusform>%n objects overheating</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message numerus="yes">
        <source>%n event(s) of the source %1 were lost</source>
        <translation>
            <numerusform>%n event of the source %1 was lost</numerusform>
            <numerusform>%n events of the source %1 were lost</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kevent::gui::EventsModel</name>
    <message numerus="yes">
        <source>%n events were no longer in the log</source>
        <translation>
            <numerusform>%n event was no longer in the log</numerusform>
            <numerusform>%n events were no longer in the log</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kevent::gui::EventsPage</name>
    <message numerus="yes">
        <source>%n events</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n events</source>
        <translation>
            <numerusform>%1 of %n events</numerusform>
            <numerusform>%1 of %n events</numerusform>
        </translation>
    </message>
</context>
</TS>
