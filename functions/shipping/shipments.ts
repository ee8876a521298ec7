/** How far a shipment is. */
export type ShipmentStatus = "REQUESTED" | "ACCEPTED" | "REFUSED" | "CANCELLED";

/** A shipment, as the table has it. */
export interface Shipment {
    /** The order's id: an order has one shipment. */
    shipmentId: string;
    status: ShipmentStatus;
    /** What the workflow waits with; none where nobody waits. */
    taskToken?: string;
    trackingNumber?: string;
    reason?: string;
    updatedAt: string;
    expiresAt: number;
}

/** What the carrier's queue is told. */
export interface CarrierCommand {
    type: "RequestShipment" | "CancelShipment";
    shipmentId: string;
    orderId: string;
}

/** What the workflow gets from a shipment that the carrier has accepted. */
export interface ShipmentAnswer {
    shipmentId: string;
    trackingNumber: string;
}
