"""A unit of systemd that runs `reportgen serve`, with as few rights as it needs."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reportgen.install.installed import Installed

_UNIT: Final = """\
# Runs reportgen all the time: it makes and sends each report of this project when it is due.
#
#   reportgen schedule export --systemd | sudo tee /etc/systemd/system/reportgen.service
#   sudo systemctl daemon-reload
#   sudo systemctl enable --now reportgen
#
# Then look at it: systemctl status reportgen, journalctl -u reportgen -f
# A second project wants a unit, and a CacheDirectory, of another name.

[Unit]
Description=Reports of {described}, on schedule
Wants=network-online.target time-sync.target
After=network-online.target time-sync.target

[Service]
Type=exec
User={user}
WorkingDirectory={project}
ExecStart={command}
Restart=on-failure
RestartSec=30
# To stop it is to let it end the report in hand, its helpers included. What is killed after this time is made anew
# by whoever comes next.
KillMode=mixed
TimeoutStopSec=15min

# It reads the whole machine but other people's processes, and writes into these folders alone.
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={writable}
PrivateTmp={private_tmp}
{umask}
CacheDirectory=reportgen
Environment=XDG_CACHE_HOME=%C/reportgen

NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
PrivateDevices=yes
PrivateMounts=yes
DevicePolicy=closed
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
LockPersonality=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
# MemoryDenyWriteExecute is missing on purpose: the charts are drawn by JavaScript, which V8 compiles as it runs.

[Install]
WantedBy=multi-user.target
"""
_PRIVATE: Final = "UMask=0077"
_PUBLIC: Final = "# A report is published: others, such as a web server, may read what is written.\nUMask=0022"
_TEMPORARY: Final = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108  named, not written to


def systemd_unit(installed: Installed) -> str:
    """The text of `reportgen.service`. Paths may have spaces, quotes and percent signs in them."""
    paths = (installed.project, *installed.outside)
    is_temporary = any(path.is_relative_to(folder) for path in paths for folder in _TEMPORARY)
    return _UNIT.format(
        described=_specified(installed.project),
        user=installed.user,
        project=_specified(installed.project),
        command=_command(installed.command("serve")),
        writable=" ".join(_quoted(str(path)) for path in paths),
        private_tmp="no" if is_temporary else "yes",
        umask=_PUBLIC if installed.publishes else _PRIVATE,
    )


def _specified(path: Path) -> str:
    """What systemd takes for this path: it reads % as the begin of a specifier."""
    return str(path).replace("%", "%%")


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _command(words: tuple[str, ...]) -> str:
    # systemd takes no program with these signs in its path; as an argument it takes it.
    program, *arguments = ("/usr/bin/env", *words) if _NOT_IN_A_PROGRAM & {*words[0]} else words
    # In what follows the program, $ begins the name of a variable.
    return " ".join([_quoted(program), *(_quoted(word.replace("$", "$$")) for word in arguments)])


_NOT_IN_A_PROGRAM: Final = frozenset("'\"\\")
