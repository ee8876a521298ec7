/** The quotas that decide whether a region could carry what another one carries. */

/** A quota of Service Quotas. */
export interface QuotaSubject {
    readonly service: string;
    readonly code: string;
    readonly name: string;
}

/** Compared between regions: a standby must be allowed as much as the region that it takes over from. */
export const QUOTAS: readonly QuotaSubject[] = [
    { service: "ec2", code: "L-1216C47A", name: "vCPUs of on-demand standard instances" },
    { service: "ec2", code: "L-34B43A08", name: "vCPUs of Spot standard instances" },
    { service: "rds", code: "L-952B80B8", name: "database clusters" },
    { service: "rds", code: "L-7B6409FD", name: "database instances" },
    { service: "elasticloadbalancing", code: "L-53DA6B97", name: "Application Load Balancers" },
    { service: "elasticloadbalancing", code: "L-69A177A2", name: "Network Load Balancers" },
];
