/** The subnets of `awsx.ec2.Vpc`: those that are asked for, and those that come of it. */
import { type Properties } from "../types";

/** The kinds of subnet. `Unused` keeps a block free. */
export type SubnetType = "Public" | "Private" | "Isolated" | "Unused";

/** How many subnets of a kind there are to be per zone, and how big. */
export interface SubnetSpec {
    readonly type: SubnetType;
    readonly name?: string;
    readonly cidrMask?: number;
    readonly size?: number;
    readonly cidrBlocks?: readonly string[];
    readonly tags?: Properties;
    readonly assignIpv6AddressOnCreation?: boolean;
}

/** One subnet to be made. */
export interface PlannedSubnet {
    readonly cidrBlock: string;
    readonly type: SubnetType;
    readonly zone: string;
    /** Position of its zone. */
    readonly zoneIndex: number;
    /** Position of its spec. */
    readonly specIndex: number;
    /** Logical name. */
    readonly name: string;
    readonly spec: SubnetSpec;
}
