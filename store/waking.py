"""How do readers on other machines hear at once that a file waits? (PostgreSQL; on SQLite there are no other machines)

A ring is a job of procrastinate, put into the transaction that lets a file wait and heard by one machine that has a free reader. It
says only that something waits: what is read next, by whom and how often is for the ledger (store/ledger.py), and a ring that is lost
costs no more than the time until somebody looks there of himself. So nothing here needs to be kept: the tables of another version of
procrastinate are dropped and made anew.
"""

import asyncio
import threading
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from procrastinate import App

SCHEMA = "procrastinate"
_ON_PATH = f"SELECT set_config('search_path', current_setting('search_path') || ', {SCHEMA}', false)"
_WAKE = "wake"
_AGAIN = 0.1  # seconds between two looks whether a reader is free
_BROKEN = 5.0  # seconds before the next try where the database does not answer


def hang(connection: Connection) -> None:
    """Make the tables of procrastinate, unless those of this version are there. Within the transaction of a migration."""
    made = connection.scalar(text("SELECT obj_description(to_regnamespace(:schema), 'pg_namespace')"), {"schema": SCHEMA})
    here = version("procrastinate")
    if made == here:
        return
    from procrastinate.schema import SchemaManager

    connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
    connection.exec_driver_sql(f"COMMENT ON SCHEMA {SCHEMA} IS '{here}'")
    path = connection.scalar(text("SELECT current_setting('search_path')"))
    connection.exec_driver_sql(f"SET LOCAL search_path TO {SCHEMA}")
    _raw(connection).execute(SchemaManager.get_schema())
    connection.execute(text("SELECT set_config('search_path', :path, true)"), {"path": path})


def find(connection: Any) -> None:  # noqa: ANN401  the driver's
    """Let a new connection to PostgreSQL find the tables of procrastinate beside the office's own."""
    connection.execute(_ON_PATH)
    connection.commit()


def ring(session: Session, job_id: int) -> None:
    """Ring for a job of the ledger that waits from now on, in the same transaction."""
    if session.get_bind().dialect.name == "postgresql":
        _app().configure_task(_WAKE, connection=_raw(session.connection())).defer(job=job_id)


def _raw(connection: Connection) -> Any:  # noqa: ANN401  the driver's
    return connection.connection.driver_connection


@cache
def _app() -> "App":
    """Give what rings; it has no connection of its own."""
    from procrastinate import App, SyncPsycopgConnector

    return App(connector=SyncPsycopgConnector())


class Listener:
    """A thread that hears the rings: for each that comes while a reader of this process is free it calls wake()."""

    def __init__(self, engine: Engine, *, is_free: Callable[[], bool], wake: Callable[[], None]) -> None:
        """Take the database, and what says whether somebody here could read; nothing runs yet."""
        self._address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._is_free, self._wake = is_free, wake
        self._leave = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        """Listen until stop()."""
        self._thread.start()

    def stop(self) -> None:
        """End listening; a ring that nobody has answered is lost."""
        self._leave.set()
        self._loop.call_soon_threadsafe(self._cancel)
        self._thread.join()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _run(self) -> None:
        self._task = self._loop.create_task(self._listen())
        try:
            self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            pass
        finally:
            self._loop.close()

    async def _listen(self) -> None:
        """Listen, and again after the database was away: until then the readers look into the ledger of themselves."""
        while not self._leave.is_set():
            try:
                await self._hear()
            except Exception:  # noqa: BLE001  whatever the driver says of a database that is away
                await asyncio.sleep(_BROKEN)

    async def _hear(self) -> None:
        from procrastinate import App, PsycopgConnector
        from procrastinate.jobs import Status

        app = App(connector=PsycopgConnector(conninfo=self._address, min_size=1, max_size=3, configure=_find_async))
        app.task(name=_WAKE)(self._answer)
        async with app.open_async():
            for lost in await app.job_manager.get_stalled_jobs():
                await app.job_manager.finish_job(lost, Status.FAILED, delete_job=True)
            await app.run_worker_async(install_signal_handlers=False, delete_jobs="always", shutdown_graceful_timeout=0)

    async def _answer(self, job: int) -> None:  # noqa: ARG002  which job it is read from is for the ledger to say
        """Hold a ring back until somebody here is free to answer; another machine takes the next one meanwhile."""
        while not self._is_free():  # noqa: ASYNC110  the readers are threads: none of them can set an event of this loop
            await asyncio.sleep(_AGAIN)
        self._wake()


async def _find_async(connection: Any) -> None:  # noqa: ANN401  the driver's
    await connection.execute(_ON_PATH)
    await connection.commit()
