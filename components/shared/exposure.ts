/** Who may open connections to the balancer at the edge. */
export enum Exposure {
    /** CloudFront and the health checkers of Route 53 alone; viewers come through a distribution. */
    CloudFront = "CloudFront",
    /** Everybody: viewers reach the balancer itself, and a firewall on the balancer is their only filter. */
    Internet = "Internet",
    /** Clients in the network alone, and in networks joined to it: the balancer has no public address. */
    Internal = "Internal",
}
