# Calls what only root may, with arguments that do no harm: raised
import ctypes
import errno
import os

libc = ctypes.CDLL(None, use_errno=True)
#: acct, swapon, swapoff, reboot, sethostname, setdomainname, init_module, delete_module, quotactl, settimeofday,
#: adjtimex, clock_settime, kexec_load, lookup_dcookie, vhangup
NUMBERS = {
    "x86_64": (163, 167, 168, 169, 170, 171, 175, 176, 179, 164, 159, 227, 246, 212, 153),
    "aarch64": (89, 224, 225, 142, 161, 162, 105, 106, 60, 170, 171, 112, 104, 18, 58),
}


def attempt():
    for number in NUMBERS[os.uname().machine]:
        libc.syscall(number, ctypes.c_long(-1), ctypes.c_long(-1), ctypes.c_long(-1))
        if ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS):
            return
    raise OSError(ctypes.get_errno(), "what only root may")


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
