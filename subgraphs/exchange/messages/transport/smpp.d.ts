/** The part of `smpp` 0.5.1 (untyped) that the hub uses; read from its source. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server as NetServer } from 'node:net'

  /** What a decoded `short_message` or `message_payload` becomes: text for codings it knows, else the octets; `udh` header by header. */
  export type Content = { message: string | Buffer; udh?: Buffer[] }

  /** A protocol unit as read from the wire; which fields exist depends on `command`, and a body may be missing. */
  export class Pdu {
    constructor(command: string, fields?: object)
    /** Reads one from the wire. */
    constructor(octets: Buffer)
    toBuffer(): Buffer
    command: string
    command_status: number
    sequence_number: number
    system_id?: string
    password?: string
    message_id?: string
    source_addr?: string
    destination_addr?: string
    esm_class?: number
    data_coding?: number
    registered_delivery?: number
    short_message?: Content
    message_payload?: Content
    receipted_message_id?: string
    message_state?: number
    sar_msg_ref_num?: number
    sar_total_segments?: number
    sar_segment_seqnum?: number
    response(fields?: object): Pdu
  }

  export interface Session extends EventEmitter {
    /** False, and `answered` never called, when the socket can no longer be written to. */
    send(pdu: Pdu, answered?: (answer: Pdu) => void): boolean
    close(): void
    destroy(): void
  }

  type Smpp = {
    /** Connects at once; `tls` resolves to the event `secureConnect` instead of `connect`. */
    connect(options: { host: string; port: number; tls: boolean; servername?: string }): Session
    createServer(options: { key?: Buffer; cert?: Buffer }, listener: (session: Session) => void): NetServer
    PDU: typeof Pdu
    errors: Record<string, number>
    gsmCoder: { encode(text: string, shiftTable: number): Buffer }
  }
  const smpp: Smpp
  export default smpp
}
