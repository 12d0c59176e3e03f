// The tick: the processes in their order, which is part of the model.
#pragma once

#include "processes.hpp"

namespace multivector {

struct ProcessRow {
    std::string_view name;  ///< of the function, its file and its heading in ODD.md
    std::string_view meaning;
    void (*run)(World& world, const Setting& setting, const Luck& luck);
};

inline constexpr std::array processes{
    ProcessRow{"world_moves", "oil price, connectivity demand, route costs and partners' capital", world_moves},
    ProcessRow{"fund_flows", "oil revenue in, transfers out by rule, returns, dividends", fund_flows},
    ProcessRow{"projects_arise", "opportunities arise in sectors and regions", projects_arise},
    ProcessRow{"parties_bargain", "the host bargains with rivals over each project", parties_bargain},
    ProcessRow{"publics_ratify", "domestic politics approves or blocks each agreement", publics_ratify},
    ProcessRow{"projects_progress", "deals begin, complete, suspend, are cancelled, replaced or reopened",
               projects_progress},
    ProcessRow{"economy_responds", "capital, capability, exports, exchange rate and product", economy_responds},
    ProcessRow{"opinion_moves", "attitudes spread, rumours strike, protests burst, concessions follow", opinion_moves},
    ProcessRow{"parties_learn", "aspirations, trust and exposure follow experience", parties_learn},
    ProcessRow{"observe", "the tick is measured", observe},
};

}  // namespace multivector
