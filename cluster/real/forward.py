#!/usr/bin/env python3
"""Carry connections from a port of this host to the box's entry point:  forward.py PORT HOST PORT"""
import asyncio
import sys


async def copy(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.close()


async def serve(reader, writer, host, port):
    try:
        other_reader, other_writer = await asyncio.wait_for(asyncio.open_connection(host, port), 10)
    except (OSError, asyncio.TimeoutError):
        writer.close()
        return
    await asyncio.gather(copy(reader, other_writer), copy(other_reader, writer))
    writer.close()
    other_writer.close()


async def main():
    port, host, host_port = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    server = await asyncio.start_server(lambda r, w: serve(r, w, host, host_port), "127.0.0.1", port, backlog=256)
    async with server:
        await server.serve_forever()


asyncio.run(main())
