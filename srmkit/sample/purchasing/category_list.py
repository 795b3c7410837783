"""The purchasing categories of the sample company and where each truly stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Segment = Literal["strategic", "bottleneck", "leverage", "non-critical"]


@dataclass(frozen=True)
class Category:
    """One category: its true class and place, its size, and what its market is like.

    `impact` and `risk` are points on the Kraljic axes, `spend` a share of yearly spend in per cent,
    `sources` the qualified suppliers of a company of 120, `lead_days` the usual promise in calendar days,
    `price` the middle price of a unit, `items` their number in a company of 400.
    """

    name: str
    segment: Segment
    impact: float
    risk: float
    spend: float
    sources: int
    lead_days: float
    price: float
    items: int
    goods: tuple[str, ...]
    trades: tuple[str, ...]


_STRATEGIC = (
    Category("Electric motors", "strategic", 78, 66, 9.5, 3, 55, 420, 24,
             ("Motor IE3", "Motor IE4", "Geared motor", "Brake motor"), ("Motors", "Antriebe", "Electric")),
    Category("Castings", "strategic", 72, 62, 10.0, 3, 70, 95, 28,
             ("Pump casing", "Impeller", "Bearing bracket", "Volute"), ("Foundry", "Guss", "Castings")),
    Category("Control electronics", "strategic", 81, 74, 7.5, 2, 80, 310, 16,
             ("Drive controller", "Inverter board", "Power module", "Fieldbus card"),
             ("Electronics", "Controls")),
    Category("Forged shafts", "strategic", 66, 52, 5.0, 4, 60, 140, 14,
             ("Drive shaft", "Pump shaft", "Crankshaft"), ("Forge", "Forgings", "Schmiede")),
    Category("Gearboxes", "strategic", 68, 50, 6.0, 6, 125, 700, 14,
             ("Helical gearbox", "Bevel gearbox", "Planetary stage"), ("Gears", "Getriebe", "Transmissions")),
)
_BOTTLENECK = (
    Category("Seals", "bottleneck", 42, 71, 0.8, 3, 45, 18, 16,
             ("Mechanical seal", "Lip seal", "Cartridge seal"), ("Seals", "Sealing", "Dichtungen")),
    Category("Permanent magnets", "bottleneck", 40, 84, 0.6, 1, 95, 12, 8,
             ("NdFeB segment", "NdFeB ring", "Ferrite arc"), ("Magnetics",)),
    Category("Encoders and sensors", "bottleneck", 39, 65, 0.9, 2, 50, 60, 12,
             ("Rotary encoder", "Pressure sensor", "Flow sensor"), ("Sensors", "Measurement")),
    Category("Elastomer compounds", "bottleneck", 30, 63, 0.4, 2, 40, 9, 8,
             ("FKM compound", "EPDM compound", "NBR compound"), ("Polymers", "Rubber")),
    Category("Tooling and patterns", "bottleneck", 40, 50, 1.2, 6, 125, 350, 12,
             ("Casting pattern", "Core box", "Press tool", "Welding jig"), ("Tooling", "Modellbau")),
)
_LEVERAGE = (
    Category("Bearings", "leverage", 68, 34, 8.0, 8, 28, 22, 24,
             ("Ball bearing", "Roller bearing", "Thrust bearing"), ("Bearings", "Lager", "Rolling Elements")),
    Category("Steel plate", "leverage", 64, 24, 9.0, 9, 20, 1.4, 16,
             ("Plate S355", "Plate 1.4301", "Sheet DC01"), ("Steel", "Stahl", "Metals")),
    Category("Machined parts", "leverage", 70, 40, 9.5, 12, 25, 38, 36,
             ("Flange", "Housing cover", "Coupling half", "Bushing"),
             ("Machining", "Precision", "CNC Parts")),
    Category("Packaging", "leverage", 56, 12, 5.0, 14, 9, 2.2, 30,
             ("Carton", "Wooden crate", "Foam insert", "Pallet", "Stretch film"),
             ("Packaging", "Pack", "Cartons")),
    Category("Cables and wiring", "leverage", 58, 28, 5.5, 8, 18, 6.5, 18,
             ("Motor cable", "Harness", "Signal cable"), ("Cables", "Kabel", "Wiring")),
    Category("Freight", "leverage", 60, 25, 6.5, 8, 5, 180, 14,
             ("Road groupage", "Full truck", "Sea container", "Air cargo"),
             ("Logistics", "Spedition", "Forwarding")),
    Category("Hydraulic components", "leverage", 62, 48, 6.0, 6, 35, 75, 18,
             ("Check valve", "Cylinder", "Manifold", "Filter head"), ("Hydraulics", "Fluid Power")),
)
_NON_CRITICAL = (
    Category("Fasteners", "non-critical", 36, 15, 1.6, 8, 10, 0.35, 18,
             ("Hex bolt", "Lock nut", "Stud", "Washer"), ("Fasteners", "Schrauben")),
    Category("MRO supplies", "non-critical", 28, 10, 1.5, 10, 6, 14, 18,
             ("Filter mat", "Drive belt", "Gloves", "Lamp"), ("Industrial Supply", "Trade")),
    Category("Lubricants", "non-critical", 33, 26, 1.0, 6, 10, 7, 8,
             ("Gear oil", "Grease", "Cutting fluid"), ("Oils", "Lubricants")),
    Category("Coatings and paint", "non-critical", 48, 30, 2.2, 6, 14, 11, 10,
             ("Primer", "Top coat", "Powder coat"), ("Coatings", "Lacke")),
    Category("Office supplies", "non-critical", 12, 6, 0.4, 7, 4, 5, 10,
             ("Paper", "Toner", "Folder"), ("Office", "Büro")),
    Category("Tools and abrasives", "non-critical", 24, 18, 0.9, 7, 9, 16, 12,
             ("Insert", "Grinding disc", "End mill"), ("Tools", "Abrasives")),
    Category("IT and telecoms", "non-critical", 37, 33, 1.5, 6, 12, 120, 8,
             ("Notebook", "Scanner", "Licence", "Handset"), ("Systems", "Data")),
    Category("Facility services", "non-critical", 30, 22, 1.6, 7, 7, 45, 8,
             ("Cleaning", "Waste disposal", "Guarding"), ("Services", "Facility")),
)

CATEGORIES: tuple[Category, ...] = (*_STRATEGIC, *_BOTTLENECK, *_LEVERAGE, *_NON_CRITICAL)

SOLE_SOURCE = "Permanent magnets"
NEAR_CUT = 3.0  # points

# Six sources and a lead time beyond 90 days score 0 and 100 points exactly, so that these means of the raters
# (scarcity, substitution, switching) put the supply risk on 50.0 and not merely close to it.
TIES: dict[str, dict[str, float]] = {
    "Gearboxes": {"supply_scarcity": 3.5, "substitution_difficulty": 3.0, "switching_cost": 4.0},
    "Tooling and patterns": {"supply_scarcity": 3.0, "substitution_difficulty": 4.5, "switching_cost": 3.0},
}
TIE_LEAD_DAYS = 98.0
